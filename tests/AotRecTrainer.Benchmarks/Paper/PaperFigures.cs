using System.Text.Json;

namespace AotRecTrainer.Benchmarks.Paper;

/// <summary>What one program needed for the paper's training.</summary>
/// <param name="EpochMilliseconds">Median time of an epoch.</param>
/// <param name="EpochMillisecondsBest">Shortest time of an epoch.</param>
/// <param name="PeakMegabytes">Peak memory.</param>
/// <param name="TotalSeconds">From the start of the process to its end: start, read, train.</param>
internal sealed record PaperFigures(double EpochMilliseconds, double EpochMillisecondsBest, double PeakMegabytes, double TotalSeconds)
{
    /// <summary>Reads what <c>paper.py</c> printed.</summary>
    public static PaperFigures FromProgram(string printed)
    {
        using JsonDocument json = JsonDocument.Parse(printed);
        JsonElement root = json.RootElement;
        return new PaperFigures(
            root.GetProperty("epochMillisecondsMedian").GetDouble(), root.GetProperty("epochMillisecondsBest").GetDouble(),
            root.GetProperty("peakMegabytes").GetDouble(), root.GetProperty("totalSeconds").GetDouble());
    }

    public static PaperFigures Median(IReadOnlyList<PaperFigures> runs) => new(
        Middle(runs, run => run.EpochMilliseconds), runs.Min(run => run.EpochMillisecondsBest),
        Middle(runs, run => run.PeakMegabytes), Middle(runs, run => run.TotalSeconds));

    private static double Middle(IReadOnlyList<PaperFigures> runs, Func<PaperFigures, double> figure) =>
        runs.Select(figure).Order().ElementAt(runs.Count / 2);
}
