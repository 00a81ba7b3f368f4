namespace AotRecTrainer.Cli.Local;

/// <summary>Where the stand-in's lines go: beside the run when that is a directory here, else to a temporary file.</summary>
internal sealed class LocalLog : IAsyncDisposable
{
    private LocalLog(string path)
    {
        Path = path;
        Writer = TextWriter.Synchronized(new StreamWriter(path, append: true) { AutoFlush = true });
    }

    public string Path { get; }

    public TextWriter Writer { get; }

    /// <summary>Opens the log of a run; the first sign of an output directory that cannot be written.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static LocalLog Open(string output, string run)
    {
        Uri location = new(output);
        string folder = location.IsFile ? location.LocalPath : System.IO.Path.GetTempPath();
        try
        {
            Directory.CreateDirectory(folder);
            return new LocalLog(System.IO.Path.Combine(folder, run + ".log"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--output {output} cannot be written: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }

    public ValueTask DisposeAsync() => Writer.DisposeAsync();
}
