namespace AotRecTrainer.Model.Algorithms;

/// <summary>Loops over independent rows on several threads; since no row sees another's numbers, threads do not change a bit.</summary>
internal static class RowParallel
{
    /// <summary>Calls <paramref name="body"/> with disjoint ranges that together are all rows.</summary>
    /// <exception cref="ModelException">The first that a range threw.</exception>
    public static void For(int rows, int threads, Action<int, int> body)
    {
        if (threads <= 1)
        {
            body(0, rows);
            return;
        }

        // More ranges than threads: rows differ in cost.
        int ranges = Math.Min(rows, threads * 8);
        try
        {
            Parallel.For(0, ranges, new ParallelOptions { MaxDegreeOfParallelism = threads }, range =>
                body((int)((long)rows * range / ranges), (int)((long)rows * (range + 1) / ranges)));
        }
        catch (AggregateException problems) when (problems.InnerExceptions[0] is ModelException first)
        {
            throw new ModelException(first.Message, first) { IsDivergence = first.IsDivergence };
        }
    }
}
