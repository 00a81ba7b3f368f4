namespace AotRecTrainer.Benchmarks.Workload;

/// <summary>A model to compute gradients and solutions of.</summary>
internal sealed class Parameters
{
    public Parameters(int factors)
    {
        var random = new Random(factors);
        Factors = factors;
        UserFactors = Values(Ratings.Users * factors, random);
        UserBiases = Values(Ratings.Users, random);
        ItemFactors = Values(Ratings.Items * factors, random);
        ItemBiases = Values(Ratings.Items, random);
    }

    public int Factors { get; }

    public float[] UserFactors { get; }

    public float[] UserBiases { get; }

    public float[] ItemFactors { get; }

    public float[] ItemBiases { get; }

    private static float[] Values(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 0.4f)];
}
