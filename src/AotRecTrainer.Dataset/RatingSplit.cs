using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset;

/// <summary>
/// Decides for every rating by itself whether it is held out. The answer depends on seed, original user id and original item id
/// and on nothing else, so neither the order of lines nor the presence of other ratings moves a rating across.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct RatingSplit
{
    private readonly ulong _key;
    private readonly double _holdout;

    /// <summary>Creates the rule.</summary>
    /// <param name="holdout">Share of ratings to hold out, in [0, 1); 0 holds out none.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is NaN or outside [0, 1).</exception>
    public RatingSplit(double holdout, long seed)
    {
        if (!(holdout >= 0 && holdout < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(holdout), $"holdout is {holdout}, expected at least 0 and less than 1");
        }

        _key = Mixing.Mix((ulong)seed + Mixing.Golden);
        _holdout = holdout;
    }

    /// <summary>Whether the rating of this item by this user belongs to test.</summary>
    public bool IsTest(long userId, long itemId) => Mixing.ToUnit(Hash(userId, itemId)) < _holdout;

    // Each id passes through the mixer by itself, so that neither (1, 2) and (2, 1) nor neighbours meet.
    private ulong Hash(long userId, long itemId) =>
        Mixing.Mix(Mixing.Mix(Mixing.Mix(_key ^ (ulong)userId) + Mixing.Golden) ^ (ulong)itemId);
}
