using System.Text.Json;
using System.Text.RegularExpressions;
using AotRecTrainer.Lambda.Logs;

namespace AotRecTrainer.Cli.Logs;

/// <summary>What a line of a function's log says, in either of the forms that functions and the platform write.</summary>
/// <param name="RequestId">The event that it is about; null when it does not say.</param>
/// <param name="Level">How much it matters; null when it does not say.</param>
/// <param name="Text">The line for a person: of a record in JSON, its text form.</param>
internal sealed partial record LoggedText(string? RequestId, LogLevel? Level, string Text)
{
    /// <summary>Reads a line; one in no known form says nothing of event and level.</summary>
    public static LoggedText Read(string line)
    {
        if (line.StartsWith('{') && ReadJson(line) is { } record) return record;
        if (Record().Match(line) is { Success: true } match)
            return new LoggedText(match.Groups["id"].Value is "-" ? null : match.Groups["id"].Value, LevelOf(match.Groups["level"].Value), line);
        if (Platform().Match(line) is not { Success: true } platform) return new LoggedText(null, null, line);
        bool isFailure = line.Contains(" Error: ", StringComparison.Ordinal) || line.Contains("Task timed out", StringComparison.Ordinal)
            || line.Contains("given up after", StringComparison.Ordinal);
        return new LoggedText(platform.Groups["id"].Value, isFailure ? LogLevel.Error : null, line);
    }

    private static LoggedText? ReadJson(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement record = document.RootElement;
            if (record.TryGetProperty("record", out JsonElement platform))
            {
                string? status = Member(platform, "status");
                return new LoggedText(Member(platform, "requestId"), status is null or "success" ? null : LogLevel.Error, line);
            }

            string? id = Member(record, "requestId");
            string level = Member(record, "level") ?? "INFO";
            string error = Member(record, "errorMessage") is { } message ? $": {message}" : "";
            return new LoggedText(id, LevelOf(level), $"{Member(record, "timestamp")}\t{id ?? "-"}\t{level}\t{Member(record, "message")}{error}");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static LogLevel? LevelOf(string name) => Enum.TryParse(name, ignoreCase: true, out LogLevel level) ? level : null;

    [GeneratedRegex(@"^\d{4}-\S+Z\t(?<id>\S+)\t(?<level>[A-Z]+)\t", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Record();

    [GeneratedRegex(@"^[^\t]*RequestId: (?<id>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Platform();
}
