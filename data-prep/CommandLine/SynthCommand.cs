using System.CommandLine;
using System.Diagnostics;
using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.Dataset.Synthesis;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary><c>data-prep synth</c>: made-up ratings whose best possible error is known.</summary>
internal static class SynthCommand
{
    public static Command Create(Terminal terminal, Option<bool> verbose)
    {
        var defaults = new SyntheticOptions();
        Option<int> users = Number("--users", "Number of users", defaults.Users);
        Option<int> items = Number("--items", "Number of items, at least 20", defaults.Items);
        Option<int> ratings = Number("--ratings", "Number of ratings, at least 20 a user", defaults.Ratings);
        Option<int> factors = Number("--factors", "Length of the planted factors", defaults.Factors);
        var noise = new Option<double>("--noise")
        {
            Description = "Standard deviation of the noise, in stars",
            HelpName = "STARS",
            DefaultValueFactory = _ => defaults.Noise,
        };
        var seed = new Option<long>("--seed")
        {
            Description = "Seed; the same one gives the same bytes",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.Seed,
        };
        var output = new Option<string>("--output") { Description = "File to write: a path, file:///path or s3://bucket/key", HelpName = "FILE", Required = true };
        var command = new Command("synth", "Make up ratings like MovieLens' from a planted model, as ratings.dat.")
        {
            users, items, ratings, factors, noise, seed, output,
        };
        Guarded.SetAction(command, terminal, verbose, (parsed, cancellationToken) => RunAsync(
            terminal, new OutputFile("--output", parsed.GetRequiredValue(output)),
            new SyntheticOptions
            {
                Users = parsed.GetValue(users),
                Items = parsed.GetValue(items),
                Ratings = parsed.GetValue(ratings),
                Factors = parsed.GetValue(factors),
                Noise = parsed.GetValue(noise),
                Seed = parsed.GetValue(seed),
            },
            cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    private static async Task RunAsync(Terminal terminal, OutputFile file, SyntheticOptions options, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new InputException(string.Join("; ", problems));
        }

        SyntheticSummary summary = await StageDisplay.For(terminal).RunAsync(stages =>
        {
            IProgress<double> writing = stages.Begin($"writing {file.Location}");
            var progress = new DirectProgress<long>(rows => writing.Report((double)rows / options.Ratings));
            return file.WriteAsync(stream => SyntheticRatings.Write(stream, options, progress, cancellationToken), cancellationToken);
        });
        terminal.Output.WriteLine(
            $"{summary.Ratings:N0} ratings by {options.Users:N0} users of {options.Items:N0} items, mean {summary.Mean:F4} stars");
        terminal.Output.WriteLine(
            $"noise floor: RMSE {summary.NoiseFloor:F4} (the planted model on its own ratings, predictions clipped to 1 .. 5)");
        terminal.Output.WriteLine($"wrote {file.Location} in {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s");
    }
}
