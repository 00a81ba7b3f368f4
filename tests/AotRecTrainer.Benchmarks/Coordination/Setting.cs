namespace AotRecTrainer.Benchmarks.Coordination;

/// <summary>One way to run the rounds.</summary>
/// <param name="Exchange">"await" or "poll".</param>
/// <param name="Store">"directory" or "S3".</param>
/// <param name="Workers">Workers of a round.</param>
internal readonly record struct Setting(string Exchange, string Store, int Workers)
{
    /// <summary>All that are measured.</summary>
    public static IEnumerable<Setting> All =>
        from store in (string[])["directory", "S3"]
        from exchange in (string[])["await", "poll"]
        from workers in (int[])[3, 12]
        select new Setting(exchange, store, workers);
}
