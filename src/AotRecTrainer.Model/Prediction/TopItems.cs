namespace AotRecTrainer.Model.Prediction;

/// <summary>Picks the items with the highest scores.</summary>
public static class TopItems
{
    /// <summary>The best items, best first; of equal scores the lower index comes first.</summary>
    /// <param name="scores">One per item; NaN is never picked.</param>
    /// <param name="excluded">Items that are not picked.</param>
    /// <param name="count">Most items to return, from 0.</param>
    /// <returns>Their indices; fewer than <paramref name="count"/> where there are not as many.</returns>
    public static int[] Pick(ReadOnlySpan<float> scores, IReadOnlySet<int> excluded, int count)
    {
        ArgumentNullException.ThrowIfNull(excluded);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PriorityQueue<int, (float Score, int Behind)> best = new(Math.Min(count, scores.Length) + 1);
        for (int item = 0; item < scores.Length; item++)
        {
            if (float.IsNaN(scores[item])) continue;
            if (best.Count == count && (count == 0 || !(scores[item] > Score(best)))) continue;
            if (excluded.Contains(item)) continue;
            best.Enqueue(item, (scores[item], -item));
            if (best.Count > count) best.Dequeue();
        }

        int[] picked = new int[best.Count];
        for (int i = picked.Length - 1; i >= 0; i--) picked[i] = best.Dequeue();
        return picked;
    }

    private static float Score(PriorityQueue<int, (float Score, int Behind)> best) =>
        best.TryPeek(out _, out (float Score, int Behind) least) ? least.Score : float.NegativeInfinity;
}
