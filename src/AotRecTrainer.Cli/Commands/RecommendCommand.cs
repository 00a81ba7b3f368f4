using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Serving;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec recommend</c>: asks a saved model for items, as the function's role <c>recommend</c> does.</summary>
internal sealed class RecommendCommand
{
    private readonly Terminal _terminal;
    private readonly Option<string> _model = ModelOption.Create();
    private readonly Option<string?> _user = new("--user") { Description = "Original id of the user", HelpName = "ID" };
    private readonly Option<string[]> _rate = new("--rate")
    {
        Description = "A rating of somebody who is not in the model; give it again for more",
        HelpName = "ITEM=RATING",
    };

    private readonly Option<string?> _similar = new("--similar-to") { Description = "Find the items most like this one", HelpName = "ITEM" };
    private readonly Option<int> _count = NumberOption.Create("--count", "Items to show", Recommender.CountDefault);
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "Leave out an item; give it again for more", HelpName = "ITEM" };
    private readonly Option<bool> _includeRated = new("--include-rated")
    {
        Description = "Show also what the user has rated in the data set that the model was trained on",
    };

    private readonly Option<string?> _json = new("--json") { Description = "File for the answer", HelpName = "FILE" };

    private RecommendCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        RecommendCommand recommend = new(terminal);
        Command command = new("recommend", "Recommends items to a user, known or new, or finds similar items.")
        {
            recommend._model, recommend._user, recommend._rate, recommend._similar, recommend._count, recommend._exclude,
            recommend._includeRated, recommend._json,
        };
        command.SetAction(recommend.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] rates = parsed.GetValue(_rate) ?? [];
        RecommendEvent asked = new()
        {
            Role = "recommend",
            Model = Locations.Absolute("--model", parsed.GetRequiredValue(_model)),
            User = parsed.GetValue(_user),
            Ratings = rates.Length == 0 ? null : Read(rates),
            SimilarTo = parsed.GetValue(_similar),
            Count = parsed.GetValue(_count),
            Exclude = parsed.GetValue(_exclude),
            ExcludeRated = !parsed.GetValue(_includeRated),
        };
        if ((asked.User is null ? 0 : 1) + (asked.Ratings is null ? 0 : 1) + (asked.SimilarTo is null ? 0 : 1) != 1)
            throw new CliException("expected one of --user, --rate and --similar-to; see aotrec recommend --help", ExitCode.WrongInput);
        string? json = parsed.GetValue(_json);
        if (json is not null) ResultFile.Check(json);
        using RecommendRole role = new(new TrainingHost());
        RecommendResult result = await WrongInput.ReportedAsync(() => role.RunAsync(asked, cancellationToken));
        foreach (string line in RecommendationText.Lines(result)) _terminal.Output.WriteLine(line);
        if (result.UnknownItems.Length > 0)
            _terminal.Error.WriteLine($"note: not in the model: {string.Join(", ", result.UnknownItems)}");
        if (json is not null)
            await File.WriteAllBytesAsync(json, JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.RecommendResult), cancellationToken);
        return ExitCode.Done;
    }

    private static Dictionary<string, float> Read(string[] rates)
    {
        Dictionary<string, float> ratings = new(StringComparer.Ordinal);
        foreach (string rate in rates)
        {
            int at = rate.LastIndexOf('=');
            if (at <= 0 || !float.TryParse(rate.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out float rating) || !float.IsFinite(rating))
                throw new CliException($"--rate is '{rate}', expected an item's id, '=' and a number", ExitCode.WrongInput);
            ratings[rate[..at]] = rating;
        }

        return ratings;
    }
}
