using AotRecTrainer.Storage;

namespace AotRecTrainer.Cli.Local;

/// <summary>Locations as people type them: a plain path means a directory here, and functions need it absolute.</summary>
internal static class Locations
{
    /// <summary>The location that an option names, absolute.</summary>
    /// <exception cref="CliException">It is not a location.</exception>
    public static string Absolute(string option, string location)
    {
        try
        {
            using IObjectStore store = ObjectStores.Open(location);
            return store.Location.AbsoluteUri;
        }
        catch (ArgumentException problem)
        {
            throw new CliException($"{option}: {WithoutParameter(problem)}", ExitCode.WrongInput, problem);
        }
    }

    /// <summary>The message without the name of a parameter that the runtime appends and that means nothing to the user.</summary>
    public static string WithoutParameter(ArgumentException problem)
    {
        int suffix = problem.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return suffix < 0 ? problem.Message : problem.Message[..suffix];
    }
}
