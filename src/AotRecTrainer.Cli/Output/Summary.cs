using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>What a finished run came to, in a few lines on stdout.</summary>
internal static class Summary
{
    public static void Print(CoordinatorResult result, string? log)
    {
        double[] rounds = [.. result.RoundMilliseconds.Order()];
        string held = result.TestRmse is { } test ? $", held-out RMSE {test:F4}, MAE {result.TestMae:F4}" : ", nothing held out";
        Console.WriteLine($"run       {result.Run}: {result.Rounds} epochs, {result.Workers} workers, {result.Ratings:N0} ratings, kernel {result.Kernel}");
        Console.WriteLine($"errors    train RMSE {result.TrainRmse:F4}{held}");
        if (rounds.Length > 0)
            Console.WriteLine($"time      {result.WallSeconds:F2} s; an epoch {rounds[rounds.Length / 2]:F1} ms in the median, {rounds[^1]:F1} ms at most; {result.ColdStarts} cold starts");
        Console.WriteLine($"on AWS    {result.BilledGbSeconds:F2} GB-s, {result.Requests.Invoke + 1} invocations: ${result.CostUsd:F6}");
        Console.WriteLine($"model     {result.Model}");
        Console.WriteLine($"sha256    {result.ParametersSha256}");
        if (log is not null) Console.WriteLine($"log       {log}");
    }
}
