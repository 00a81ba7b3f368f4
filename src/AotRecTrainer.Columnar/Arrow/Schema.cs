using System.Collections.ObjectModel;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>The columns of a table, in order, and notes about the table as a whole.</summary>
public sealed class Schema
{
    /// <summary>Makes a schema; the collections are copied.</summary>
    /// <param name="fields">The columns in order; may be empty.</param>
    /// <param name="metadata">Notes about the table; null means none.</param>
    public Schema(IReadOnlyList<Field> fields, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Fields = Array.AsReadOnly([.. fields]);
        Metadata = metadata is null or { Count: 0 }
            ? ReadOnlyDictionary<string, string>.Empty
            : new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(metadata, StringComparer.Ordinal));
    }

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Notes about the table; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The position of the first column called <paramref name="name"/> (case matters), or -1 when there is none.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Fields.Count; i++)
        {
            if (string.Equals(Fields[i].Name, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    /// <summary>Throws unless the batch's columns have the names and types of this schema.</summary>
    internal void RequireSame(Schema other, string parameter)
    {
        bool same = Fields.Count == other.Fields.Count;
        for (int i = 0; same && i < Fields.Count; i++)
            same = Fields[i] == other.Fields[i];
        if (!same)
        {
            throw new ArgumentException(
                $"The batch has the columns ({string.Join(", ", other.Fields)}), expected ({string.Join(", ", Fields)}).", parameter);
        }
    }
}
