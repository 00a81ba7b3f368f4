using System.CommandLine;
using System.CommandLine.Parsing;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.DataPrep.CommandLine;
using AotRecTrainer.Documents.Tests.Reading;

namespace AotRecTrainer.Documents.Tests.Checking;

/// <summary>Commands of <c>aotrec</c> and <c>data-prep</c>, parsed by the programs' own parsers; nothing runs.</summary>
internal static class Programs
{
    private static readonly RootCommand Aotrec = Cli.Commands.CommandLine.Create(new Terminal(TextWriter.Null, TextWriter.Null));
    private static readonly RootCommand DataPrep = DataPrepProgram.Create(new DataPrep.Display.Terminal(TextWriter.Null, TextWriter.Null));

    /// <summary>What is wrong with a command; null when nothing is.</summary>
    public static string? Problem(ShellCommand command)
    {
        RootCommand root = Path.GetFileName(command.Program) == "aotrec" ? Aotrec : DataPrep;
        string[] arguments = [.. command.Words.Skip(1)];
        if (arguments is ["--help"] || (command.IsMention && arguments is [])) return null;
        ParseResult parsed = root.Parse(arguments);

        // An option that there is not is taken for an argument where one is expected.
        Option[] options = [.. parsed.CommandResult.Command.Options, .. root.Options];
        if (Array.Find(arguments, word => word.StartsWith("--", StringComparison.Ordinal) && !Array.Exists(options, option => option.Name == word)) is { } unknown)
            return $"there is no option {unknown}";
        if (command.IsMention && parsed.UnmatchedTokens.Count == 0 && parsed.CommandResult.Command is not RootCommand) return null;
        IEnumerable<ParseError> errors = parsed.Errors;
        return errors.Any() ? string.Join("; ", errors.Select(error => error.Message)) : null;
    }
}
