using System.Diagnostics;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>A server in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    public const string Argument = "server";

    private readonly Process _process;

    private ServerProcess(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public static async Task<ServerProcess> StartAsync()
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!, [Argument])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(info)!;
        return new ServerProcess(process, new Uri((await process.StandardOutput.ReadLineAsync())!));
    }

    /// <summary>What the process does: serves until its input ends.</summary>
    public static async Task<int> RunAsync()
    {
        await using TestServer server = await TestServer.StartAsync();
        await Console.Out.WriteLineAsync(server.Server.Endpoint.AbsoluteUri);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Ends it without giving it the chance to clean up.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
