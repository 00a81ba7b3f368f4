namespace AotRecTrainer.Kernels.Tests;

/// <summary>A small random model with ratings, and the answer in double precision by the plainest means.</summary>
internal sealed class Problem
{
    private Problem(int items, int factors, int[] offsets, int[] itemIds, float[] ratings, Random random)
    {
        Items = items;
        Factors = factors;
        Offsets = offsets;
        ItemIds = itemIds;
        Ratings = ratings;
        UserFactors = Values(Users * factors, random);
        UserBiases = Values(Users, random);
        ItemFactors = Values(items * factors, random);
        ItemBiases = Values(items, random);
    }

    public float GlobalMean { get; init; } = 3.5f;

    public int Items { get; }

    public int Factors { get; }

    public int Users => Offsets.Length - 1;

    public int[] Offsets { get; }

    public int[] ItemIds { get; }

    public float[] Ratings { get; }

    public float[] UserFactors { get; }

    public float[] UserBiases { get; }

    public float[] ItemFactors { get; }

    public float[] ItemBiases { get; }

    public RatingRows Rows => RatingRows.Create(Offsets, ItemIds, Ratings, Items);

    /// <summary>One user per row length; items drawn with repetition, inside a row and across rows.</summary>
    public static Problem Create(int factors, IReadOnlyList<int> rowLengths, int items, int seed)
    {
        var random = new Random(seed);
        int[] offsets = new int[rowLengths.Count + 1];
        for (int u = 0; u < rowLengths.Count; u++)
        {
            offsets[u + 1] = offsets[u] + rowLengths[u];
        }

        int[] ids = [.. Enumerable.Range(0, offsets[^1]).Select(_ => random.Next(items))];
        float[] ratings = [.. Enumerable.Range(0, offsets[^1]).Select(_ => (float)random.Next(1, 6))];
        return new Problem(items, factors, offsets, ids, ratings, random);
    }

    /// <summary>Half the sum of squared residuals, in double precision, at the given parameters.</summary>
    public double HalfSquaredError(double[] userFactors, double[] userBiases, double[] itemFactors, double[] itemBiases)
    {
        double sum = 0;
        for (int u = 0; u < Users; u++)
        {
            for (int j = Offsets[u]; j < Offsets[u + 1]; j++)
            {
                int i = ItemIds[j];
                double prediction = GlobalMean + userBiases[u] + itemBiases[i];
                for (int f = 0; f < Factors; f++)
                {
                    prediction += userFactors[(u * Factors) + f] * itemFactors[(i * Factors) + f];
                }

                sum += 0.5 * (Ratings[j] - prediction) * (Ratings[j] - prediction);
            }
        }

        return sum;
    }

    /// <summary>Runs a kernel over the whole problem; the answer also holds what must not leak from earlier contents.</summary>
    public Answer Run(IGradientKernel kernel)
    {
        using GradientWorkspace workspace = kernel.CreateWorkspace(Items, Factors);
        workspace.LoadItems(GlobalMean, ItemFactors, ItemBiases);
        return Run(workspace);
    }

    public Answer Run(GradientWorkspace workspace)
    {
        Answer answer = Answer.Shaped(this);
        answer.Totals = workspace.Accumulate(Rows, UserFactors, UserBiases, answer.UserFactors, answer.UserBiases);
        workspace.TakeItemGradient(answer.ItemFactors, answer.ItemBiases);
        return answer;
    }

    /// <summary>As <see cref="Run(IGradientKernel)"/>, with every argument at the end of readable memory.</summary>
    public Answer RunAtPageEnd(IGradientKernel kernel)
    {
        using var pages = new PageEnd();
        using GradientWorkspace workspace = kernel.CreateWorkspace(Items, Factors);
        workspace.LoadItems(GlobalMean, pages.Copy<float>(ItemFactors), pages.Copy<float>(ItemBiases));
        RatingRows rows = RatingRows.Create(
            pages.Copy<int>(Offsets), pages.Copy<int>(ItemIds), pages.Copy<float>(Ratings), Items);
        Span<float> userFactors = pages.Copy<float>(new float[UserFactors.Length]);
        Span<float> userBiases = pages.Copy<float>(new float[Users]);
        Span<float> itemFactors = pages.Copy<float>(new float[ItemFactors.Length]);
        Span<float> itemBiases = pages.Copy<float>(new float[Items]);
        GradientTotals totals = workspace.Accumulate(
            rows, pages.Copy<float>(UserFactors), pages.Copy<float>(UserBiases), userFactors, userBiases);
        workspace.TakeItemGradient(itemFactors, itemBiases);
        return new Answer
        {
            UserFactors = [.. userFactors],
            UserBiases = [.. userBiases],
            ItemFactors = [.. itemFactors],
            ItemBiases = [.. itemBiases],
            Totals = totals,
        };
    }

    private static float[] Values(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 0.8f)];
}
