using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Splits;

/// <summary>
/// Decides for every rating by itself whether it is held out. The answer depends on seed, original user id and original item id
/// and on nothing else, so neither the order of lines nor the presence of other ratings moves a rating across.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct RatingSplit
{
    private readonly ulong _key;
    private readonly ulong _heldOut;

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

        // Of the 2^53 values that the bits can have, those below are test: both factors are exact, so this is what comparing fractions says.
        _heldOut = (ulong)Math.Ceiling(holdout * (1UL << 53));
    }

    /// <summary>Whether the rating of this item by this user belongs to test; for ids that are integers.</summary>
    public bool IsTest(long userId, long itemId) => IsTest(KeyOfUser((ulong)userId), (ulong)itemId);

    /// <summary>What <see cref="IsTest(ulong, ulong)"/> needs to know of a user.</summary>
    /// <param name="user">The 64 bits of the user's id.</param>
    internal ulong KeyOfUser(ulong user) => Mixing.Mix(Mixing.Mix(_key ^ user) + Mixing.Golden);

    /// <summary>Whether a rating belongs to test. Each id passes through the mixer by itself, so that neither (1, 2) and (2, 1) nor
    /// neighbours meet.</summary>
    /// <param name="userKey">The user, by <see cref="KeyOfUser"/>.</param>
    /// <param name="item">The 64 bits of the item's id.</param>
    internal bool IsTest(ulong userKey, ulong item) => Mixing.Mix(userKey ^ item) >> 11 < _heldOut;
}
