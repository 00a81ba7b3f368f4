using System.Text;

namespace AotRecTrainer.Lambda.Tests.Support;

/// <summary>A request as it came over the wire.</summary>
internal sealed record HttpCall(
    string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, int Connection)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
