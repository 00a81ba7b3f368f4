using System.Text.Json.Serialization;

namespace AotRecTrainer.Lambda.CloudWatch;

/// <summary>What <c>FilterLogEvents</c> is asked.</summary>
internal sealed record FilterRequest(
    [property: JsonPropertyName("logGroupName")] string LogGroupName,
    [property: JsonPropertyName("startTime")] long? StartTime,
    [property: JsonPropertyName("filterPattern")] string? FilterPattern,
    [property: JsonPropertyName("nextToken")] string? NextToken);
