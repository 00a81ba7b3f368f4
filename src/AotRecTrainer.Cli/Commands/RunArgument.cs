using System.CommandLine;

namespace AotRecTrainer.Cli.Commands;

/// <summary>The run that a command is about.</summary>
internal static class RunArgument
{
    public static Argument<string> Create() => new("RUN") { Description = "Location of the run's folder: what --output and --run name together" };
}
