namespace AotRecTrainer.LocalLambda;

/// <summary>A function as the settings file has it; what is left out has the default of <see cref="FunctionDefinition"/>.</summary>
internal sealed record LocalLambdaFileFunction
{
    private static readonly FunctionDefinition Defaults = new() { Name = "", Executable = "" };

    public required string Name { get; init; }

    public required string Executable { get; init; }

    public IReadOnlyList<string> Arguments { get; set; } = [];

    public int MemoryMegabytes { get; set; } = Defaults.MemoryMegabytes;

    public double Timeout { get; set; } = Defaults.Timeout.TotalSeconds;

    public string Handler { get; set; } = Defaults.Handler;

    public string LogFormat { get; set; } = Defaults.LogFormat;

    public string? LogLevel { get; set; }

    public IReadOnlyDictionary<string, string> Environment { get; set; } = Defaults.Environment;

    /// <summary>The function it stands for.</summary>
    /// <param name="directory">What a relative path of its program is against; a bare name is looked up in PATH.</param>
    public FunctionDefinition ToDefinition(string directory) => new()
    {
        Name = Name,
        Executable = Executable.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.Combine(directory, Executable) : Executable,
        Arguments = Arguments,
        MemoryMegabytes = MemoryMegabytes,
        Timeout = TimeSpan.FromSeconds(Timeout),
        Handler = Handler,
        LogFormat = LogFormat,
        LogLevel = LogLevel,
        Environment = Environment,
    };
}
