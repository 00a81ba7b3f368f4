using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Data;

/// <summary>One of the equal parts that the users are dealt into, by a hash of seed and user: the same parts in every epoch.</summary>
/// <param name="Index">Which part, 0 to <paramref name="Count"/> − 1.</param>
/// <param name="Count">Number of parts; 1 means everybody.</param>
/// <param name="Seed">Seed of the deal.</param>
public readonly record struct MiniBatch(int Index, int Count, long Seed)
{
    private const ulong Stream = 0x6261746368; // apart from the streams that parameters are drawn from

    /// <summary>Everybody.</summary>
    public static MiniBatch Whole { get; } = new(0, 1, 0);

    /// <summary>True when every user belongs to it.</summary>
    public bool IsWhole => Count == 1;

    /// <summary>Whether a user, by index in the data set, belongs to this part.</summary>
    public bool Contains(int user) => IsWhole || (int)(new KeyedRandom(Seed, Stream, (ulong)user).NextBits() % (ulong)Count) == Index;
}
