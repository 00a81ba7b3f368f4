namespace AotRecTrainer.Cli.Output;

/// <summary>A file that a command will write, looked at before the work rather than after it.</summary>
internal static class ResultFile
{
    /// <exception cref="CliException">No file can be written there.</exception>
    public static void Check(string path, string option = "--json")
    {
        if (Directory.Exists(path)) throw new CliException($"{option} {path} is a directory, expected a file", ExitCode.WrongInput);
        bool existed = File.Exists(path);
        try
        {
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (!existed) File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{option} {path} cannot be written: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }
}
