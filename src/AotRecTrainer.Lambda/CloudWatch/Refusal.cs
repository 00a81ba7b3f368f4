using System.Text.Json.Serialization;

namespace AotRecTrainer.Lambda.CloudWatch;

/// <summary>Why the service refused a call.</summary>
/// <param name="Type">The kind, such as <c>ResourceNotFoundException</c>, possibly after a namespace.</param>
/// <param name="Message">In words.</param>
internal sealed record Refusal([property: JsonPropertyName("__type")] string? Type, string? Message);
