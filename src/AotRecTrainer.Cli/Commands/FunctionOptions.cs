using System.CommandLine;
using System.Globalization;
using AotRecTrainer.LocalLambda;

namespace AotRecTrainer.Cli.Commands;

/// <summary>Options of the function that the local stand-in runs.</summary>
internal sealed class FunctionOptions
{
    private readonly Option<string?> _bootstrap = Bootstrap();
    private readonly Option<int> _memory = NumberOption.Create("--memory", "Memory of the local function in MB", otherwise: 1769);

    /// <summary>The option that names the function's program.</summary>
    public static Option<string?> Bootstrap() => new("--bootstrap")
    {
        Description = "The local function's executable [default: beside this program]",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_bootstrap);
        command.Options.Add(_memory);
    }

    /// <summary>The function that a command line asks for.</summary>
    /// <exception cref="CliException">There is no such program.</exception>
    public FunctionDefinition Read(ParseResult parsed)
    {
        return new FunctionDefinition
        {
            Name = Local.LocalFunctions.FunctionName,
            Executable = Executable(parsed.GetValue(_bootstrap)),
            MemoryMegabytes = parsed.GetValue(_memory),
        };
    }

    /// <summary>The same function as options of another <c>aotrec</c>.</summary>
    /// <exception cref="CliException">There is no such program.</exception>
    public IEnumerable<string> Arguments(ParseResult parsed)
    {
        FunctionDefinition function = Read(parsed);
        return [_bootstrap.Name, function.Executable, _memory.Name, function.MemoryMegabytes.ToString(CultureInfo.InvariantCulture)];
    }

    /// <summary>The function's program, absolute.</summary>
    /// <param name="named">What the user named; null for the one beside this program.</param>
    /// <exception cref="CliException">There is no such program.</exception>
    public static string Executable(string? named)
    {
        string path = Path.GetFullPath(named ?? Path.Combine(AppContext.BaseDirectory, "bootstrap"));
        if (!File.Exists(path))
        {
            throw new CliException(
                $"no function executable at {path}; build it with scripts/publish.sh or name it with --bootstrap", ExitCode.WrongInput);
        }

        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute))
            throw new CliException($"{path} is not executable, expected the function's program", ExitCode.WrongInput);
        return path;
    }
}
