using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Options;

/// <summary>The compressions of statistics, as events name them.</summary>
public static class CompressionName
{
    /// <summary>Statistics travel as they were computed.</summary>
    public const string None = "none";

    /// <summary>Statistics travel as halves: half the bytes, eleven binary digits of every number.</summary>
    public const string Float16 = "float16";

    /// <summary>What a name stands for.</summary>
    /// <exception cref="TrainingInputException">It is none of the names.</exception>
    internal static StatisticsCompression Parse(string name) => name switch
    {
        None => StatisticsCompression.None,
        Float16 => StatisticsCompression.Float16,
        _ => throw new TrainingInputException($"compression is \"{name}\", expected {None} or {Float16}"),
    };
}
