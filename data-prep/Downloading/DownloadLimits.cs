namespace AotRecTrainer.DataPrep.Downloading;

/// <summary>What a download may take.</summary>
internal sealed record DownloadLimits
{
    /// <summary>Time for everything.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time without a byte after which a connection is given up.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections one after the other that may fail without getting further than those before them.</summary>
    public int AttemptsMax { get; init; } = 5;

    /// <summary>Wait after the first of them; it doubles with each.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The most bytes of a file; the largest that is published has a quarter of that.</summary>
    public long BytesMax { get; init; } = 1L << 30;
}
