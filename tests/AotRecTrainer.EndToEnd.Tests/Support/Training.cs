using System.Text.Json;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>A training by <c>aotrec train</c> that ended well: the result it wrote with <c>--json</c>.</summary>
internal sealed record Training(JsonElement Result, ProgramRun Program)
{
    public string Sha256 => Result.GetProperty("parametersSha256").GetString()!;

    public double TestRmse => Result.GetProperty("testRmse").GetDouble();

    public double TrainRmse => Result.GetProperty("trainRmse").GetDouble();

    /// <summary>Trains into a folder of runs.</summary>
    public static async Task<Training> RunAsync(
        string dataset, string runs, string options = "", IReadOnlyDictionary<string, string>? variables = null)
    {
        using TemporaryFolder folder = new();
        string[] arguments =
        [
            "train", "--dataset", dataset, "--output", runs, "--json", folder["result.json"],
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
        ProgramRun program = (await ProgramRun.OfAsync(Checkout.Aotrec, arguments, variables)).ShouldSucceed();
        byte[] json = await File.ReadAllBytesAsync(folder["result.json"], TestContext.Current.CancellationToken);
        using JsonDocument document = JsonDocument.Parse(json);
        return new Training(document.RootElement.Clone(), program);
    }
}
