using AotRecTrainer.Cli.Plan.Model;

namespace AotRecTrainer.Cli.Plan;

/// <summary>Time against dollars, drawn with characters; both axes go by factors, as both span orders of magnitude.</summary>
internal static class PlanChart
{
    private const int Width = 64;
    private const int Height = 14;

    /// <summary>The lines of the picture: a dot for a configuration, an o for one on the frontier, an X for the recommended one.</summary>
    public static IEnumerable<string> Lines(Frontier frontier, Forecast? recommended)
    {
        if (frontier.All.Count == 0) yield break;
        Axis time = new(frontier.All.Select(forecast => forecast.Seconds), Width);
        Axis money = new(frontier.All.Select(forecast => forecast.CostUsd), Height);
        char[][] cells = [.. Enumerable.Range(0, Height).Select(_ => Enumerable.Repeat(' ', Width).ToArray())];
        foreach (Forecast one in frontier.All) Put(one, '.');
        foreach (Forecast one in frontier.Best) Put(one, 'o');
        if (recommended is not null) Put(recommended, 'X');
        for (int row = 0; row < Height; row++)
        {
            string label = row == 0 ? PlanText.Dollars(money.High) : row == Height - 1 ? PlanText.Dollars(money.Low) : "";
            yield return $"{label,10} |{new string(cells[row]).TrimEnd()}";
        }

        yield return $"{"",10} +{new string('-', Width)}";
        string high = PlanText.Time(time.High);
        yield return $"{"",12}{PlanText.Time(time.Low).PadRight(Width - high.Length)}{high}";

        void Put(Forecast one, char mark) => cells[Height - 1 - money.At(one.CostUsd)][time.At(one.Seconds)] = mark;
    }

    private readonly struct Axis(IEnumerable<double> values, int cells)
    {
        public double Low { get; } = values.Min();

        public double High { get; } = values.Max();

        public int At(double value) =>
            High > Low && Low > 0 ? (int)Math.Round((cells - 1) * Math.Log(value / Low) / Math.Log(High / Low)) : 0;
    }
}
