namespace AotRecTrainer.Cli.Output;

/// <summary>The file of <c>--json</c>, looked at before the training rather than after it.</summary>
internal static class ResultFile
{
    /// <exception cref="CliException">No file can be written there.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path)) throw new CliException($"--json {path} is a directory, expected a file", ExitCode.WrongInput);
        bool existed = File.Exists(path);
        try
        {
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (!existed) File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--json {path} cannot be written: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }
}
