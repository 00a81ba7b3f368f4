using System.Globalization;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Als;
using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Tests.Serialization;

/// <summary>Everything that an object says, to the bit, as text that can be compared.</summary>
internal static class Words
{
    public static string Of(ModelParameters model) =>
        $"{model.Shape} {Of(model.GlobalMean)} {Of(model.UserFactors)} {Of(model.UserBiases)} {Of(model.ItemFactors)} {Of(model.ItemBiases)}";

    public static string Of(RoundTask task) => Of(task.Parameters) + task switch
    {
        GradientTask gradient => $" {gradient.Batch}",
        SolveTask solve => string.Create(CultureInfo.InvariantCulture, $" {solve.Weights}"),
        SampleTask sample => $" {Of(sample.Prior.Mean)} {Of(sample.Prior.Slope)} {Of(sample.Prior.Precision)} "
            + $"{Of(sample.Prior.LogMean, sample.Prior.LogDeviation, sample.NoisePrecision)} {sample.Seed} {sample.Round}",
        _ => throw new ArgumentException("no words for it", nameof(task)),
    };

    public static string Of(IReadOnlyDictionary<string, float[]> state) =>
        string.Join(' ', state.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {Of(pair.Value)}"));

    public static string Of(ShardStatistics statistics, IReadOnlyDictionary<string, string> notes) =>
        $"{statistics.Shard} {statistics.UserFirst} {statistics.Errors} {Of(statistics.UserFactors)} {Of(statistics.UserBiases)} "
        + $"{Of(statistics.ItemFactors)} {Of(statistics.ItemBiases)} {Of(statistics.ItemMatrices)} {Of(statistics.TestPredictions)} "
        + string.Join(' ', notes.OrderBy(pair => pair.Key, StringComparer.Ordinal));

    private static string Of(params ReadOnlySpan<float> values)
    {
        string[] bits = new string[values.Length];
        for (int i = 0; i < bits.Length; i++) bits[i] = BitConverter.SingleToUInt32Bits(values[i]).ToString("x8", CultureInfo.InvariantCulture);
        return $"[{string.Join(',', bits)}]";
    }
}
