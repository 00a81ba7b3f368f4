using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>What a finished run came to, in a few lines.</summary>
internal static class Summary
{
    public static void Print(TextWriter output, CoordinatorResult result, string? log)
    {
        double[] rounds = [.. (result.RoundMilliseconds ?? []).Order()];
        string held = result.TestRmse is { } test ? $", held-out RMSE {test:F4}, MAE {result.TestMae:F4}" : ", nothing held out";
        output.WriteLine(
            $"run       {result.Run}: {Count(result.Rounds, "epoch")}, {Count(result.Workers, "worker")}, "
            + $"{result.Ratings:N0} ratings, kernel {result.Kernel}");
        output.WriteLine($"errors    train RMSE {result.TrainRmse:F4}{held}");
        if (rounds.Length > 0)
        {
            output.WriteLine(
                $"time      {result.WallSeconds:F2} s; an epoch {rounds[rounds.Length / 2]:F1} ms in the median, "
                + $"{rounds[^1]:F1} ms at most; {Count(result.ColdStarts, "cold start")}");
        }

        output.WriteLine(
            $"on AWS    {result.BilledGbSeconds:F2} GB-s, {result.Requests?.Invoke + (result.Segments ?? 1)} invocations: ${result.CostUsd:F6}");
        output.WriteLine($"model     {result.Model}");
        output.WriteLine($"sha256    {result.ParametersSha256}");
        if (log is not null) output.WriteLine($"log       {log}");
    }

    private static string Count(int? count, string noun) => $"{count ?? 0} {noun}{(count == 1 ? "" : "s")}";
}
