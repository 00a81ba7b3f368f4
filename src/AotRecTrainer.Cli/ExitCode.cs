namespace AotRecTrainer.Cli;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongInput = 2;

    /// <summary>The command was interrupted, and what it had begun goes on without it.</summary>
    public const int GoesOn = 3;
}
