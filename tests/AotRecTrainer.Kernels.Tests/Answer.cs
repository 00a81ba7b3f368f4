namespace AotRecTrainer.Kernels.Tests;

/// <summary>Gradients of one run.</summary>
internal sealed class Answer
{
    public required float[] UserFactors { get; init; }

    public required float[] UserBiases { get; init; }

    public required float[] ItemFactors { get; init; }

    public required float[] ItemBiases { get; init; }

    public GradientTotals Totals { get; set; }

    /// <summary>Arrays filled with a value that a kernel has to overwrite.</summary>
    public static Answer Shaped(Problem problem) => new()
    {
        UserFactors = Filled(problem.UserFactors.Length),
        UserBiases = Filled(problem.UserBiases.Length),
        ItemFactors = Filled(problem.ItemFactors.Length),
        ItemBiases = Filled(problem.ItemBiases.Length),
    };

    private static float[] Filled(int length)
    {
        float[] values = new float[length];
        Array.Fill(values, 1e9f);
        return values;
    }
}
