namespace AotRecTrainer.LocalLambda;

/// <summary>The settings file as it is written; what is left out has the default of <see cref="LocalLambdaOptions"/>.</summary>
internal sealed record LocalLambdaFileContent
{
    // Set, not init: generated code gives every init property a value, also where the file gives none.
    private static readonly LocalLambdaOptions Defaults = new() { Functions = [] };

    public int Port { get; set; }

    public int Concurrency { get; set; } = Defaults.Concurrency;

    public int AsyncRetries { get; set; } = Defaults.AsyncRetries;

    public double AsyncRetryDelay { get; set; } = Defaults.AsyncRetryDelay.TotalSeconds;

    public int DuplicateEveryNthEvent { get; set; }

    public double InitTimeout { get; set; } = Defaults.InitTimeout.TotalSeconds;

    public double IdleLifetime { get; set; } = Defaults.IdleLifetime.TotalSeconds;

    public double EnvironmentLifetime { get; set; } = Defaults.EnvironmentLifetime.TotalSeconds;

    public bool Freeze { get; set; } = Defaults.Freeze;

    public bool LimitResources { get; set; } = Defaults.LimitResources;

    public double CpuScale { get; set; } = Defaults.CpuScale;

    public int? PinToCpu { get; set; }

    public double ShutdownGrace { get; set; } = Defaults.ShutdownGrace.TotalSeconds;

    public string Region { get; set; } = Defaults.Region;

    public required IReadOnlyList<LocalLambdaFileFunction> Functions { get; init; }

    /// <summary>The options it stands for.</summary>
    /// <param name="directory">What relative paths of programs are against.</param>
    public LocalLambdaOptions ToOptions(string directory) => new()
    {
        Port = Port,
        Concurrency = Concurrency,
        AsyncRetries = AsyncRetries,
        AsyncRetryDelay = TimeSpan.FromSeconds(AsyncRetryDelay),
        DuplicateEveryNthEvent = DuplicateEveryNthEvent,
        InitTimeout = TimeSpan.FromSeconds(InitTimeout),
        IdleLifetime = TimeSpan.FromSeconds(IdleLifetime),
        EnvironmentLifetime = TimeSpan.FromSeconds(EnvironmentLifetime),
        Freeze = Freeze,
        LimitResources = LimitResources,
        CpuScale = CpuScale,
        PinToCpu = PinToCpu,
        ShutdownGrace = TimeSpan.FromSeconds(ShutdownGrace),
        Region = Region,
        Functions = [.. Functions.Select(function => function.ToDefinition(directory))],
    };
}
