namespace AotRecTrainer.LocalLambda;

/// <summary>Settings of a <see cref="LocalLambdaServer"/>.</summary>
public sealed record LocalLambdaOptions
{
    /// <summary>Port on 127.0.0.1; zero picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>Receives the START, END and REPORT lines and the functions' own output, one whole line per write. Not disposed.</summary>
    public TextWriter Log { get; init; } = TextWriter.Null;

    /// <summary>The functions served; names must differ.</summary>
    public required IReadOnlyList<FunctionDefinition> Functions { get; init; }

    /// <summary>Invocations of all functions together that may run at once; one more is throttled. At least 1.</summary>
    public int Concurrency { get; init; } = 1000;

    /// <summary>How often a failed asynchronous event is tried again, 0 to 2.</summary>
    public int AsyncRetries { get; init; } = 2;

    /// <summary>
    /// Wait before a failed asynchronous event is tried again; twice as long before the second time. The service waits one minute, then two.
    /// </summary>
    public TimeSpan AsyncRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Deliver every n-th asynchronous event twice, as the service may at any time; zero (the default) never does. One lets
    /// a test see that a function bears it.
    /// </summary>
    public int DuplicateEveryNthEvent { get; init; }

    /// <summary>Time from the start of a process until its first request for work; the service allows 10 seconds.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An environment without work for this long is ended.</summary>
    public TimeSpan IdleLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An environment this old is given no more work, however busy it is.</summary>
    public TimeSpan EnvironmentLifetime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Whether an environment is stopped (SIGSTOP) while it has no work, as on the service.</summary>
    public bool Freeze { get; init; } = true;

    /// <summary>
    /// Whether memory and CPU are limited to the memory size by control groups where this process may make them. Where it may not, memory
    /// is looked at ten times a second and CPU is not limited; <see cref="LocalLambdaServer.Isolation"/> says which.
    /// </summary>
    public bool LimitResources { get; init; } = true;

    /// <summary>What the CPU share of every environment is multiplied by; above 0.</summary>
    public double CpuScale { get; init; } = 1;

    /// <summary>
    /// The one CPU that all environments run on, but for those of functions that say otherwise; null (the default) for any. 0 to 63, and
    /// not above the machine's.
    /// </summary>
    public int? PinToCpu { get; init; }

    /// <summary>How long the invocations under way may go on when the server stops; none by default.</summary>
    public TimeSpan ShutdownGrace { get; init; }

    /// <summary>Region named in ARNs and, where the parent has none, in the functions' environment.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Called after each invocation's REPORT line with the same figures; must not block or throw.</summary>
    public Action<InvocationReport>? OnReport { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Problem()
    {
        string? own = Port is < 0 or > 65535 ? $"port {Port}, expected 0 to 65535"
            : Concurrency < 1 ? $"concurrency {Concurrency}, expected at least 1"
            : AsyncRetries is < 0 or > 2 ? $"{AsyncRetries} retries of events, expected 0 to 2"
            : DuplicateEveryNthEvent < 0 ? $"duplicate every {DuplicateEveryNthEvent}th event, expected 0 or more"
            : AsyncRetryDelay < TimeSpan.Zero ? $"retry delay {AsyncRetryDelay}, expected 0 or more"
            : InitTimeout <= TimeSpan.Zero ? $"init time-out {InitTimeout}, expected above 0"
            : EnvironmentLifetime <= TimeSpan.Zero ? $"environment lifetime {EnvironmentLifetime}, expected above 0"
            : !(CpuScale > 0) || double.IsInfinity(CpuScale) ? $"CPU scale {CpuScale}, expected above 0"
            : PinToCpu is { } cpu && (cpu < 0 || cpu >= Math.Min(64, Environment.ProcessorCount))
                ? $"pinned to CPU {cpu}, expected 0 to {Math.Min(64, Environment.ProcessorCount) - 1}"
            : ShutdownGrace < TimeSpan.Zero ? $"shutdown grace {ShutdownGrace}, expected 0 or more"
            : IdleLifetime <= TimeSpan.Zero ? $"idle lifetime {IdleLifetime}, expected above 0"
            : null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        return own ?? Functions
            .Select(function => function.Problem() ?? (names.Add(function.Name) ? null : $"two functions are named '{function.Name}'"))
            .FirstOrDefault(problem => problem is not null);
    }
}
