namespace AotRecTrainer.Cli.Output;

/// <summary>The file of <c>--json</c>, looked at before the training rather than after it.</summary>
internal static class ResultFile
{
    /// <exception cref="CliException">No file can be written there.</exception>
    public static void Check(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new CliException($"--json {path} is a directory, expected a file", ExitCode.WrongInput);
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new CliException($"--json {path}: there is no directory {Path.GetDirectoryName(full)}", ExitCode.WrongInput);
    }
}
