using System.Text;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Dataset;

/// <summary>
/// The original ids of users or items by their dense index: all of them non-negative integers, or all of them text. Does not change.
/// </summary>
public sealed class EntityIds
{
    private readonly long[]? _integers;
    private readonly byte[] _bytes = [];
    private readonly int[] _ends = [];

    /// <summary>Integer ids; the array becomes this object's own.</summary>
    public EntityIds(long[] integers)
    {
        ArgumentNullException.ThrowIfNull(integers);
        _integers = integers;
    }

    /// <summary>Text ids; copied.</summary>
    public EntityIds(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var bytes = new List<byte>();
        var ends = new List<int>();
        foreach (string text in texts)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(text));
            ends.Add(bytes.Count);
        }

        (_bytes, _ends) = ([.. bytes], [.. ends]);
    }

    /// <summary>Text ids one behind the other in UTF-8, and where each ends.</summary>
    internal EntityIds(byte[] bytes, int[] ends) => (_bytes, _ends) = (bytes, ends);

    /// <summary>Number of ids.</summary>
    public int Count => _integers?.Length ?? _ends.Length;

    /// <summary>Whether the ids are text.</summary>
    public bool AreText => _integers is null;

    /// <summary>Integer ids by index.</summary>
    /// <exception cref="InvalidOperationException">The ids are text.</exception>
    public ReadOnlySpan<long> Integers =>
        _integers is null ? throw new InvalidOperationException("The ids are text, expected integers.") : _integers;

    /// <summary>An id as text, whatever it is.</summary>
    public string this[int index] => _integers is null ? Encoding.UTF8.GetString(Utf8(index)) : _integers[index].ToString();

    /// <summary>The bytes of a text id.</summary>
    /// <exception cref="InvalidOperationException">The ids are integers.</exception>
    public ReadOnlySpan<byte> Utf8(int index)
    {
        if (_integers is not null)
        {
            throw new InvalidOperationException("The ids are integers, expected text.");
        }

        int start = index == 0 ? 0 : _ends[index - 1];
        return _bytes.AsSpan(start, _ends[index] - start);
    }

    /// <summary>The ids as the column <c>id</c>, Int64 or Utf8, which the caller disposes.</summary>
    public Column ToColumn() => _integers is null
        ? Column.FromStrings(DatasetSchemas.TextId, [.. Enumerable.Range(0, Count).Select(index => this[index])])
        : Column.FromValues<long>(DatasetSchemas.Id, _integers);

    /// <summary>These ids in another order.</summary>
    internal EntityIds Permuted(ReadOnlySpan<int> order)
    {
        if (_integers is not null)
        {
            long[] integers = new long[order.Length];
            for (int index = 0; index < integers.Length; index++)
            {
                integers[index] = _integers[order[index]];
            }

            return new EntityIds(integers);
        }

        byte[] bytes = new byte[_bytes.Length];
        int[] ends = new int[order.Length];
        int end = 0;
        for (int index = 0; index < ends.Length; index++)
        {
            ReadOnlySpan<byte> text = Utf8(order[index]);
            text.CopyTo(bytes.AsSpan(end));
            ends[index] = end += text.Length;
        }

        return new EntityIds(bytes, ends);
    }

    /// <summary>The 64 bits that stand for an id where ids are hashed: an integer itself, a text's <see cref="Ids.TextHash"/>.</summary>
    internal ulong KeyOf(int index) => _integers is null ? Ids.TextHash.Of(Utf8(index)) : (ulong)_integers[index];
}
