using System.Diagnostics;
using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.Lambda.Logs;
using AotRecTrainer.Lambda.Runtime;

namespace AotRecTrainer.Lambda.Tests.Support;

/// <summary>What must be tried in a process of its own, because it reads the environment or changes the runtime for good.</summary>
internal static class ChildProcess
{
    public const string Argument = "child";

    /// <summary>Runs a task in a new process with these variables and none that name credentials, regions or homes.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> StartAsync(string task, params (string Name, string Value)[] variables)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!, [Argument, task])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in info.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            info.Environment.Remove(name);
        info.Environment["HOME"] = "/nonexistent";
        foreach ((string name, string value) in variables)
            info.Environment[name] = value;
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    public static async Task<int> RunAsync(string task)
    {
        switch (task)
        {
            case "credentials":
                var found = await new DefaultCredentials().GetAsync(CancellationToken.None);
                Console.WriteLine($"{found.AccessKey} {found.SecretKey} {found.SessionToken ?? "-"}");
                return 0;
            case "heap":
                FunctionMemory.CapHeap(FunctionMemory.HeapBytes(FunctionMemory.Megabytes(Environment.GetEnvironmentVariable)!.Value));
                Console.WriteLine($"{Eat()} {Eat()}");
                return 0;
            case "log":
                FunctionLog log = FunctionLog.FromEnvironment();
                log.Info("said");
                Console.WriteLine(Environment.GetEnvironmentVariable(FunctionLogOptions.TelemetryVariable) ?? "gone");
                return 0;
            default:
                return 2;
        }
    }

    /// <summary>How many megabytes can be held before an allocation fails; lets go of them.</summary>
    private static int Eat()
    {
        var held = new List<byte[]>();
        try
        {
            while (held.Count < 1024)
                held.Add(new byte[1 << 20]);
        }
        catch (OutOfMemoryException)
        {
            // The answer is how far it went.
        }

        return held.Count;
    }
}
