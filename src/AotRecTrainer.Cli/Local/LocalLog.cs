namespace AotRecTrainer.Cli.Local;

/// <summary>Where the stand-in's lines about a run go: beside the run when that is a directory here, else to a temporary file.</summary>
internal static class LocalLog
{
    /// <summary>The log's file.</summary>
    public static string PathOf(string output, string run)
    {
        Uri location = new(output);
        return Path.Combine(location.IsFile ? location.LocalPath : Path.GetTempPath(), run + ".log");
    }

    /// <summary>Makes the log of a run; the first sign of an output directory that cannot be written.</summary>
    /// <returns>The log's file.</returns>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static string Prepare(string output, string run)
    {
        string path = PathOf(output, run);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Open(path).Dispose();
            return path;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--output {output} cannot be written: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }

    /// <summary>Opens a log to add whole lines to it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static TextWriter Open(string path) => TextWriter.Synchronized(new StreamWriter(path, append: true) { AutoFlush = true });
}
