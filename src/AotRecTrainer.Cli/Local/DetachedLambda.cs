using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AotRecTrainer.Cli.Local;

/// <summary>
/// The local stand-in as a process and a session of its own, which neither Ctrl-C nor the end of a terminal reaches: what was invoked
/// goes on without the command that did it. Disposal ends it, unless it was left to itself; then, and when this process is killed, it ends
/// once there is no more work.
/// </summary>
internal sealed class DetachedLambda : IAsyncDisposable
{
    /// <summary>What is written to the stand-in's standard input to end it.</summary>
    public const string EndWord = "end";

    // Longer than any pause between two invocations of one run.
    private const int IdleSeconds = 5;
    private readonly Process _process;
    private readonly Task<string> _errors;
    private bool _isLeft;

    private DetachedLambda(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its address.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>Whether the process is gone.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="function">Options of <c>aotrec local</c> that say what it runs.</param>
    /// <param name="log">File that its lines are added to.</param>
    /// <param name="cancellationToken">Ends it again.</param>
    /// <exception cref="CliException">It cannot be started.</exception>
    public static async Task<DetachedLambda> StartAsync(IEnumerable<string> function, string log, CancellationToken cancellationToken)
    {
        DetachedLambda lambda = new(StartProcess(function, log));
        try
        {
            lambda.Endpoint = await lambda.ReadEndpointAsync(cancellationToken);
            return lambda;
        }
        catch
        {
            await lambda.DisposeAsync();
            throw;
        }
    }

    /// <summary>It goes on without this command.</summary>
    public void Leave() => _isLeft = true;

    public async ValueTask DisposeAsync()
    {
        if (!_isLeft)
        {
            try
            {
                await _process.StandardInput.WriteLineAsync(EndWord);
                await _process.StandardInput.FlushAsync();
            }
            catch (IOException)
            {
                // It has ended by itself.
            }

            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Process StartProcess(IEnumerable<string> function, string log)
    {
        string[] arguments =
        [
            Environment.ProcessPath!, "local", "--port", "0", "--until-idle", IdleSeconds.ToString(CultureInfo.InvariantCulture),
            "--log", log, .. function,
        ];

        // None of its streams may be this command's: whoever reads those would wait for the stand-in to end.
        ProcessStartInfo start = new("setsid", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new CliException($"the local Lambda cannot be started by setsid (util-linux): {problem.Message}", ExitCode.Failed, problem);
        }
    }

    private async Task<Uri> ReadEndpointAsync(CancellationToken cancellationToken)
    {
        string? line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        if (line?.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal)) is { } address) return new Uri(address);
        await _process.WaitForExitAsync(cancellationToken);
        const string Prefix = "error: ";
        string error = (await _errors).Trim();
        throw new CliException(
            error.StartsWith(Prefix, StringComparison.Ordinal) ? error[Prefix.Length..] : $"the local Lambda did not start: {error}",
            _process.ExitCode == ExitCode.WrongInput ? ExitCode.WrongInput : ExitCode.Failed);
    }
}
