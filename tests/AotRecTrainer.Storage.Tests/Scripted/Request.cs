namespace AotRecTrainer.Storage.Tests.Scripted;

/// <summary>What came over the line.</summary>
/// <param name="Method">GET, PUT and so on.</param>
/// <param name="Target">Path and query as they were sent.</param>
/// <param name="Headers">By name, whatever its case.</param>
/// <param name="Body">The content.</param>
internal sealed record Request(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}
