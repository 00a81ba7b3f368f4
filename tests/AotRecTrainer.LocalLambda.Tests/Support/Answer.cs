using System.Text;
using System.Text.Json.Nodes;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>What the server answered.</summary>
internal sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The process that answered, where it says so.</summary>
    public int ProcessId => (int)Json["pid"]!;

    public string LogTail => Encoding.UTF8.GetString(Convert.FromBase64String(Headers["X-Amz-Log-Result"]));

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
