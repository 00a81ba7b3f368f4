using System.CommandLine;
using System.Text.Json;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Serving;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec evaluate</c>: measures a saved model on the held-out ratings of a data set.</summary>
internal sealed class EvaluateCommand
{
    private const int ListLengthMax = 1000;
    private readonly Terminal _terminal;
    private readonly Option<string> _model = ModelOption.Create();
    private readonly Option<string?> _dataset = new("--dataset")
    {
        Description = "Location of the data set [default: the one that the model was trained on]",
        HelpName = "URI",
    };

    private readonly Option<int> _listLength = NumberOption.Create("--at", "Length of the ranked lists", 10);
    private readonly Option<double?> _likedFrom = NumberOption.Create<double>(
        "--liked-from", "Least rating that counts as liked [default: three quarters up the scale, 4 of 1 to 5]");

    private readonly Option<string?> _json = new("--json") { Description = "File for the result", HelpName = "FILE" };

    private EvaluateCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        EvaluateCommand evaluate = new(terminal);
        Command command = new("evaluate", "Measures a model on held-out ratings: RMSE, MAE, nDCG, recall and coverage.")
        {
            evaluate._model, evaluate._dataset, evaluate._listLength, evaluate._likedFrom, evaluate._json,
        };
        command.SetAction(evaluate.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string location = Locations.Absolute("--model", parsed.GetRequiredValue(_model));
        int listLength = parsed.GetValue(_listLength);
        if (listLength is < 1 or > ListLengthMax) throw new CliException($"--at is {listLength}, expected 1..{ListLengthMax}", ExitCode.WrongInput);
        string? json = parsed.GetValue(_json);
        if (json is not null) ResultFile.Check(json);
        EvaluationResult result = await WrongInput.ReportedAsync(() => MeasureAsync(parsed, location, listLength, cancellationToken));
        foreach (string line in EvaluationText.Lines(result)) _terminal.Output.WriteLine(line);
        if (json is not null)
            await File.WriteAllBytesAsync(json, JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.EvaluationResult), cancellationToken);
        return ExitCode.Done;
    }

    private async Task<EvaluationResult> MeasureAsync(ParseResult parsed, string location, int listLength, CancellationToken cancellationToken)
    {
        using IObjectStore store = ObjectStores.Open(location);
        SavedModel model = await SavedModelReader.ReadAsync(store, cancellationToken);
        string dataset = parsed.GetValue(_dataset) is { } given ? Locations.Absolute("--dataset", given) : model.Description.Dataset;
        float likedFrom = (float?)parsed.GetValue(_likedFrom)
            ?? ModelEvaluator.DefaultLikedFrom(model.Description.RatingLow, model.Description.RatingHigh);
        return await new ModelEvaluator(model, listLength, likedFrom).EvaluateAsync(
            new TrainingHost(), location, dataset, new ShareLines(_terminal), cancellationToken);
    }
}
