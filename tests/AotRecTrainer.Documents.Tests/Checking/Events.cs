using System.Text.Json;
using AotRecTrainer.LocalLambda;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Documents.Tests.Checking;

/// <summary>JSON in the pages, read by what it is meant for.</summary>
internal static class Events
{
    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>What is wrong with a fenced block: one document, or one on each line.</summary>
    public static IEnumerable<string> Problems(string block)
    {
        string[] lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> documents = Array.TrueForAll(lines, line => line.StartsWith('{') && line.EndsWith('}')) ? lines : [block];
        return documents.Select(Problem).OfType<string>();
    }

    /// <summary>What is wrong with a document; null when nothing is.</summary>
    public static string? Problem(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Commented);
            if (document.RootElement.TryGetProperty("functions", out _)) return LocalLambdaProblem(json);
            string role = document.RootElement.TryGetProperty("role", out JsonElement given) ? given.GetString()! : "coordinator";
            switch (role)
            {
                case "coordinator":
                    CoordinatorEvent asked = JsonSerializer.Deserialize(json, TrainingJson.Default.CoordinatorEvent)!;
                    if (asked.Resume == true) TrainingPlan.CheckResume(asked);
                    else TrainingPlan.From(asked, DateTimeOffset.UnixEpoch);
                    return null;
                case "recommend":
                    RecommendEvent question = JsonSerializer.Deserialize(json, TrainingJson.Default.RecommendEvent)!;
                    return question.Model is null ? "no model" : null;
                default:
                    return $"role {role}";
            }
        }
        catch (Exception problem) when (problem is JsonException or TrainingInputException)
        {
            return problem.Message;
        }
    }

    private static string? LocalLambdaProblem(string json)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            LocalLambdaFile.Read(file);
            return null;
        }
        catch (InvalidDataException problem)
        {
            return problem.Message;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
