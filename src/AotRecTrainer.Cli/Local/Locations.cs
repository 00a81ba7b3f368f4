using AotRecTrainer.Storage;

namespace AotRecTrainer.Cli.Local;

/// <summary>Locations as people type them: a plain path means a directory here, and functions need it absolute.</summary>
internal static class Locations
{
    public static string Absolute(string option, string location)
    {
        string absolute = location.Contains("://", StringComparison.Ordinal) ? location : new Uri(Path.GetFullPath(location)).AbsoluteUri;
        try
        {
            using IObjectStore store = ObjectStores.Open(absolute);
            return absolute;
        }
        catch (ArgumentException problem)
        {
            throw new CliException($"{option} \"{location}\": {problem.Message}", 2, problem);
        }
    }
}
