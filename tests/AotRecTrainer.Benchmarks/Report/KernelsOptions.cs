namespace AotRecTrainer.Benchmarks.Report;

/// <summary>The command line of the verb <c>kernels</c>.</summary>
internal sealed record KernelsOptions
{
    /// <summary>The shared library of the C kernel.</summary>
    public required string Reference { get; init; }

    /// <summary>Where <c>CPU/kernels.md</c> goes.</summary>
    public required string Results { get; init; }

    /// <summary>This program, compiled to native code; null leaves it out.</summary>
    public string? Native { get; init; }

    /// <summary>Where the figures go as JSON; null for nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>Name and settings of the compiler of the C kernel.</summary>
    public required string Compiler { get; init; }

    /// <exception cref="ArgumentException">An option is unknown, without a value, or missing.</exception>
    public static KernelsOptions Parse(ReadOnlySpan<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int n = 0; n < arguments.Length; n += 2)
        {
            if (arguments[n] is not ("--reference" or "--results" or "--native" or "--json" or "--compiler"))
            {
                throw new ArgumentException($"unknown option '{arguments[n]}'");
            }

            values[arguments[n]] = n + 1 < arguments.Length ? arguments[n + 1] : throw new ArgumentException($"{arguments[n]} needs a value");
        }

        return new KernelsOptions
        {
            Reference = values.GetValueOrDefault("--reference") ?? throw new ArgumentException("--reference is missing"),
            Results = values.GetValueOrDefault("--results") ?? throw new ArgumentException("--results is missing"),
            Native = values.GetValueOrDefault("--native"),
            Json = values.GetValueOrDefault("--json"),
            Compiler = values.GetValueOrDefault("--compiler") ?? throw new ArgumentException("--compiler is missing"),
        };
    }
}
