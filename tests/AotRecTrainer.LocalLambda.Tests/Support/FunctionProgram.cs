namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>A script that becomes the test function, for the calls that make functions: programs made by them take no arguments.</summary>
internal static class FunctionProgram
{
    /// <summary>Writes it into a directory and returns its path.</summary>
    public static string Create(TemporaryDirectory directory)
    {
        string path = directory.File("bootstrap");
        File.WriteAllText(path, $"#!/bin/sh\nexec '{Environment.ProcessPath}' {TestFunction.Argument}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
