using AotRecTrainer.DataPrep.CommandLine;

namespace AotRecTrainer.DataPrep.Tests.Support;

/// <summary>Runs command lines in this process.</summary>
internal static class InProcess
{
    public static Task<Outcome> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public static async Task<Outcome> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = await DataPrepProgram.RunAsync(arguments, output, error, cancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line that is expected to be done, and returns its output.</summary>
    public static async Task<string> DoneAsync(params string[] arguments)
    {
        Outcome outcome = await RunAsync(arguments);
        Assert.Equal((0, ""), (outcome.ExitCode, string.Join('\n', outcome.Errors)));
        return outcome.Output;
    }
}
