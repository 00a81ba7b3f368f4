using System.Text.Json;

namespace AotRecTrainer.Benchmarks.Planning;

/// <summary>What a training takes, measured or forecast.</summary>
/// <param name="Seconds">From the event to the saved model.</param>
/// <param name="CostUsd">Its price.</param>
internal readonly record struct Outcome(double Seconds, double CostUsd)
{
    /// <summary>Reads a run's <c>result.json</c>.</summary>
    public static Outcome OfRun(string folder)
    {
        JsonElement result = JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "result.json")));
        return new Outcome(result.GetProperty("wallSeconds").GetDouble(), result.GetProperty("costUsd").GetDouble());
    }

    /// <summary>Reads the only configuration of a plan.</summary>
    public static Outcome OfPlan(string file)
    {
        JsonElement forecast = JsonElement.Parse(File.ReadAllBytes(file)).GetProperty("configurations").EnumerateArray().Single();
        return new Outcome(forecast.GetProperty("seconds").GetDouble(), forecast.GetProperty("costUsd").GetDouble());
    }
}
