using System.Text.Json.Serialization;

namespace AotRecTrainer.Cli.Report;

/// <summary>Source-generated JSON of a report's data; its encoder leaves no character that HTML takes for markup.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportData))]
internal sealed partial class ReportJson : JsonSerializerContext;
