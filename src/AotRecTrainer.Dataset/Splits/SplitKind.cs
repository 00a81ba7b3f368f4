namespace AotRecTrainer.Dataset.Splits;

/// <summary>By what rule ratings are divided between train and test.</summary>
public enum SplitKind
{
    /// <summary>Each rating by itself, by chance (<see cref="RatingSplit"/>).</summary>
    Random,

    /// <summary>The last ratings of every user are test, but never all of them.</summary>
    LeaveLast,

    /// <summary>The ratings from a point in time on are test.</summary>
    Time,
}
