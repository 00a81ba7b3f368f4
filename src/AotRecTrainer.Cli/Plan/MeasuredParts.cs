using AotRecTrainer.Cli.Plan.Model;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Plan;

/// <summary>The parts of a run's time, from its metrics.</summary>
internal static class MeasuredParts
{
    /// <summary>The parts, in milliseconds; those that cannot be told are not among them.</summary>
    /// <param name="epochs">The run's metrics, the last round that only measures among them.</param>
    /// <param name="milliseconds">The whole time of the run.</param>
    /// <param name="isStoreQuick">
    /// Whether the store takes no time of its own. Where it does, it has a share in all parts but computing and stepping, and only their sum
    /// is of use.
    /// </param>
    public static IReadOnlyDictionary<Part, double> Of(IReadOnlyList<EpochMetrics> epochs, double milliseconds, bool isStoreQuick)
    {
        Dictionary<Part, double> parts = [];
        if (epochs.Count == 0 || epochs.Any(epoch => epoch.Parts is null)) return parts;
        EpochParts sum = epochs.Select(epoch => epoch.Parts!).Aggregate(Add);
        parts[Part.Compute] = sum.Compute;
        parts[Part.Step] = sum.Step;
        if (!isStoreQuick) return parts;
        double begun = epochs[0].ElapsedMilliseconds - epochs[0].Milliseconds, ended = epochs[^1].ElapsedMilliseconds;
        parts[Part.Start] = begun + milliseconds - ended;
        parts[Part.Load] = sum.Load;
        parts[Part.Write] = sum.Write;
        parts[Part.Wait] = sum.Send + sum.Wait;
        parts[Part.Reduce] = sum.Reduce;
        parts[Part.Step] += Math.Max(0, ended - begun - sum.Sum());
        return parts;
    }

    private static EpochParts Add(EpochParts left, EpochParts right) => new(
        left.Send + right.Send, left.Wait + right.Wait, left.Load + right.Load, left.Compute + right.Compute, left.Write + right.Write,
        left.Reduce + right.Reduce, left.Step + right.Step);
}
