namespace AotRecTrainer.Cli.Local;

/// <summary>Where the stand-in's START, END and REPORT lines go: beside the run when that is a directory here, else to a temporary file.</summary>
internal static class LocalLog
{
    public static TextWriter Open(string output, string run, out string path)
    {
        Uri location = new(output);
        string folder = location.IsFile ? location.LocalPath : Path.GetTempPath();
        path = Path.Combine(folder, run + ".log");
        try
        {
            Directory.CreateDirectory(folder);
            return new StreamWriter(path, append: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--output {output} cannot be written: {problem.Message}", 2, problem);
        }
    }
}
