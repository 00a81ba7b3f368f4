using AotRecTrainer.Dataset;

namespace AotRecTrainer.Training.Serving;

/// <summary>The users or items of a saved model: dense index to original id and back.</summary>
public sealed class ModelEntities
{
    private readonly Dictionary<string, int> _indexOfId;

    internal ModelEntities(EntityTable table)
    {
        Table = table;
        _indexOfId = new Dictionary<string, int>(table.Ids.Count, StringComparer.Ordinal);
        for (int index = 0; index < table.Ids.Count; index++) _indexOfId[table.Ids[index]] = index;
    }

    /// <summary>Ids, titles and training ratings by index.</summary>
    public EntityTable Table { get; }

    /// <summary>Number of users or items.</summary>
    public int Count => Table.Ids.Count;

    /// <summary>The index of an original id, as text whatever it was; −1 when it is unknown.</summary>
    public int IndexOf(string id) => _indexOfId.GetValueOrDefault(id, -1);

    /// <summary>The title; null where it is unknown.</summary>
    public string? TitleOf(int index) => Table.Titles?[index];
}
