using System.Globalization;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Als;
using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// A round's task as an Arrow IPC stream: the model's tables and, for sampling, the prior as one more table (its mean, its slope, then
/// the rows of its precision). What reading gives back is the same to the bit.
/// </summary>
public static class RoundTaskSerializer
{
    private const string Kind = "task";
    private const string Gradient = "gradient";
    private const string Solve = "solve";
    private const string Sample = "sample";

    /// <summary>Writes a task.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="task">The task; stays the caller's.</param>
    /// <exception cref="ModelException">A number in it is not finite; nothing is written then.</exception>
    public static void Write(Stream output, RoundTask task)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(task);
        ModelParameters parameters = task.Parameters;
        Dictionary<string, string> metadata = ParameterSerializer.Describe(parameters);
        ParameterTable prior = new([], []);
        switch (task)
        {
            case GradientTask gradient:
                metadata[Kind] = Gradient;
                metadata["batch"] = Text(gradient.Batch.Index);
                metadata["batches"] = Text(gradient.Batch.Count);
                metadata["batchSeed"] = Text(gradient.Batch.Seed);
                break;
            case SolveTask solve:
                metadata[Kind] = Solve;
                metadata["factorWeight"] = Text(solve.Weights.Factors);
                metadata["factorFloor"] = Text(solve.Weights.FactorFloor);
                metadata["biasWeight"] = Text(solve.Weights.Bias);
                metadata["biasFloor"] = Text(solve.Weights.BiasFloor);
                metadata["exponent"] = Text(solve.Weights.Exponent);
                break;
            case SampleTask sample:
                metadata[Kind] = Sample;
                metadata["noisePrecision"] = Text(sample.NoisePrecision);
                metadata["seed"] = Text(sample.Seed);
                metadata["round"] = Text(sample.Round);
                metadata["logMean"] = Text(sample.Prior.LogMean);
                metadata["logDeviation"] = Text(sample.Prior.LogDeviation);
                prior = ToTable(sample.Prior);
                break;
            default:
                throw new ArgumentException($"no form for {task.GetType().Name}", nameof(task));
        }

        ParameterTables.Write(
            output, parameters.Shape.Factors, metadata, ParameterSerializer.Users(parameters), ParameterSerializer.Items(parameters), prior);
    }

    /// <summary>Reads a task.</summary>
    /// <param name="content">Its stream, from its position to its end; stays open.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="worn">
    /// Parameters that nobody needs any more: of the same shape, they give their arrays to the new ones. Undefined after an error.
    /// </param>
    /// <exception cref="ModelException">The content is damaged or of another kind.</exception>
    public static RoundTask Read(Stream content, string name, ModelParameters? worn = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        ModelParameters? parameters = null;
        Func<RoundTask>? make = null;
        ParameterTables.Read(content, name, metadata =>
        {
            MetadataReader reader = new(metadata, name);
            ModelParameters model = parameters = ParameterSerializer.Allocate(reader, content.Length, name, worn);
            int rows = reader.Text(Kind) == Sample ? PriorRows(model.Shape.Factors + 1) : 0;
            ParameterTable prior = new(new float[rows * model.Shape.Factors], new float[rows]);
            make = reader.Text(Kind) switch
            {
                Gradient => () => new GradientTask(model, ReadBatch(reader)),
                Solve => () => new SolveTask(model, ReadWeights(reader)),
                Sample => () => new SampleTask(
                    model, ToPrior(prior, reader), reader.Float("noisePrecision"), reader.Long("seed", long.MinValue, long.MaxValue),
                    reader.Int("round", 0, int.MaxValue)),
                string other => throw new ModelException($"{name}: metadata \"{Kind}\" is \"{other}\", expected {Gradient}, {Solve} or {Sample}"),
            };
            return [ParameterSerializer.Users(model), ParameterSerializer.Items(model), prior];
        });
        return make!();
    }

    private static MiniBatch ReadBatch(MetadataReader reader)
    {
        int count = reader.Int("batches", 1, int.MaxValue);
        return new MiniBatch(reader.Int("batch", 0, count - 1), count, reader.Long("batchSeed", long.MinValue, long.MaxValue));
    }

    private static RidgeWeights ReadWeights(MetadataReader reader) => new(
        reader.Float("factorWeight"), reader.Float("factorFloor"), reader.Float("biasWeight"), reader.Float("biasFloor"), reader.Float("exponent"));

    private static int PriorRows(int order) => order + 2;

    private static ParameterTable ToTable(GaussianPrior prior)
    {
        int order = prior.Mean.Length;
        ParameterTable table = new(new float[PriorRows(order) * (order - 1)], new float[PriorRows(order)]);
        SetRow(table, 0, prior.Mean);
        SetRow(table, 1, prior.Slope);
        float[] row = new float[order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++) row[j] = prior.Precision[GaussianPrior.Packed(Math.Max(i, j), Math.Min(i, j))];
            SetRow(table, i + 2, row);
        }

        return table;
    }

    private static GaussianPrior ToPrior(ParameterTable table, MetadataReader reader)
    {
        int order = table.Biases.Length - 2;
        float[] precision = new float[GaussianPrior.Packed(order, 0)];
        for (int i = 0; i < order; i++) GetRow(table, i + 2, order).AsSpan(0, i + 1).CopyTo(precision.AsSpan(GaussianPrior.Packed(i, 0)));
        return new GaussianPrior(
            GetRow(table, 0, order), GetRow(table, 1, order), precision, reader.Float("logMean"), reader.Float("logDeviation"));
    }

    private static void SetRow(ParameterTable table, int row, float[] values)
    {
        int factors = values.Length - 1;
        values.AsSpan(0, factors).CopyTo(table.Factors.AsSpan(row * factors));
        table.Biases[row] = values[factors];
    }

    private static float[] GetRow(ParameterTable table, int row, int order) =>
        [.. table.Factors.AsSpan(row * (order - 1), order - 1), table.Biases[row]];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
