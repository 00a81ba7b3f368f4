namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>Finds the program that a function names.</summary>
internal static class ExecutableLookup
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program's full path: a path as it is, against the current directory; a bare name as found in PATH.</summary>
    /// <exception cref="IOException">There is no such program, or it is not executable.</exception>
    public static string Find(string name)
    {
        if (name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            string path = Path.GetFullPath(name);
            return !File.Exists(path) ? throw new FileNotFoundException("no such file")
                : !IsExecutable(path) ? throw new IOException("the file is not executable")
                : path;
        }

        string directories = Environment.GetEnvironmentVariable("PATH") ?? "";
        return directories.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(IsExecutable) ?? throw new FileNotFoundException("no such program in PATH");
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != UnixFileMode.None);
}
