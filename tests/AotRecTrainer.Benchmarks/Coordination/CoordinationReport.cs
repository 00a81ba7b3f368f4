using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Coordination;

/// <summary>The page, and the figures as JSON.</summary>
/// <param name="machine">Where it was measured.</param>
/// <param name="rounds">What was measured.</param>
/// <param name="server">Name of the S3 server; null without one.</param>
/// <param name="request">Milliseconds of a request to it; null without one.</param>
internal sealed class CoordinationReport(Machine machine, IReadOnlyList<Rounds> rounds, string? server, (double Put, double Get)? request)
{
    public void Write(ProgramsOptions options)
    {
        ResultPage.Write(options.Results, machine, "coordination.md", Page());
        if (options.Json is { } file) WriteJson(file);
    }

    private static double Median(double[] values) => Quantile(values, 0.5);

    private static double Quantile(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));

    private string Page()
    {
        StringBuilder page = new();
        page.AppendLine("# The cost of coordination").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Processors} processors, {machine.System}.");
        page.AppendLine("1,000,209 synthetic ratings in 12 shards, 10 factors, batch gradient, functions of 1,769 MB with one thread each behind the");
        page.AppendLine("local stand-in. Written by `scripts/bench.sh coordination`.").AppendLine();
        page.AppendLine("A round is all that happens between the end of one and the end of the next: parameters out, invocations, gradients in and added");
        page.AppendLine("up, the step, metrics, clean-up. Overhead is the round without what its slowest worker computed by its own clock, in which the wait");
        page.AppendLine("for a processor is counted where there are fewer of those than workers. Milliseconds, medians of the rounds after the first five.").AppendLine();
        page.AppendLine("| store | exchange | workers | a round | slowest worker computes | longest invocation | overhead | 9 of 10 below | PUT | GET | LIST | DELETE |");
        page.AppendLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (Rounds measured in rounds) Row(page, measured);
        if (request is var (put, get))
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"S3 is {server}, which answers one request at a time: a PUT of 200 kB takes {put:F1} ms, a GET {get:F1} ms with nobody else");
            page.AppendLine("there. Of its rounds the overhead is the time for so many requests in a row; Amazon S3 answers them side by side.");
        }

        return page.ToString();
    }

    private static void Row(StringBuilder page, Rounds measured)
    {
        Setting setting = measured.Setting;
        string invocation = measured.Invocation.Length > 0 ? Median(measured.Invocation).ToString("F1", CultureInfo.InvariantCulture) : "";
        page.Append(CultureInfo.InvariantCulture, $"| {setting.Store} | {setting.Exchange} | {setting.Workers} | {Median(measured.Wall):F1} ");
        page.Append(CultureInfo.InvariantCulture, $"| {Median(measured.Compute):F1} | {invocation} | {Median(measured.Overhead):F1} | {Quantile(measured.Overhead, 0.9):F1} ");
        foreach (string kind in (string[])["put", "get", "list", "delete"]) page.Append(CultureInfo.InvariantCulture, $"| {measured.Requests[kind]:F1} ");
        page.AppendLine("|");
    }

    private void WriteJson(string path)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (Rounds measured in rounds)
        {
            json.WriteStartObject();
            json.WriteString("store", measured.Setting.Store);
            json.WriteString("exchange", measured.Setting.Exchange);
            json.WriteNumber("workers", measured.Setting.Workers);
            json.WriteNumber("roundMilliseconds", Median(measured.Wall));
            json.WriteNumber("computeMilliseconds", Median(measured.Compute));
            json.WriteNumber("overheadMilliseconds", Median(measured.Overhead));
            json.WriteNumber("overheadMilliseconds90", Quantile(measured.Overhead, 0.9));
            foreach ((string kind, double count) in measured.Requests) json.WriteNumber($"{kind}PerRound", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
