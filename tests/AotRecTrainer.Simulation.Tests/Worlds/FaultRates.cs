namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>How often what goes wrong: probabilities per request or invocation where nothing else is said.</summary>
internal sealed record FaultRates
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultRates None { get; } = new();

    /// <summary>Usual time of a request to the store, half on the way there and half on the way back.</summary>
    public TimeSpan StoreLatency { get; init; } = TimeSpan.FromMilliseconds(5);

    public double StoreSlow { get; init; }

    /// <summary>Of a worker's requests.</summary>
    public double WorkerStoreFails { get; init; }

    /// <summary>Of a coordinator's requests.</summary>
    public double CoordinatorStoreFails { get; init; }

    /// <summary>Phases per hour in which the store refuses most requests.</summary>
    public double SlowDownsPerHour { get; init; }

    public double StatisticsDamaged { get; init; }

    public double WorkerCrashes { get; init; }

    public double CoordinatorCrashes { get; init; }

    public double WorkerPauses { get; init; }

    public double CoordinatorPauses { get; init; }

    public double ClockJumps { get; init; }

    public double Throttles { get; init; }

    public double RequestsLost { get; init; }

    public double AnswersLost { get; init; }

    public double AnswersNeverCome { get; init; }

    public double AnswersLate { get; init; }

    public double AnswersGarbled { get; init; }

    public double RunsTwice { get; init; }

    public double DeliversTwice { get; init; }

    public double DeliversLate { get; init; }

    /// <summary>Processes that the platform replaces although they could serve another invocation.</summary>
    public double Recycles { get; init; }

    /// <summary>Invocations at the same time.</summary>
    public int Concurrency { get; init; } = 1000;

    /// <summary>The function's time limit.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>A seed's own mixture: some kinds are absent, some rare, some frequent.</summary>
    public static FaultRates From(Dice dice)
    {
        return new FaultRates
        {
            StoreLatency = dice.Spread(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(60)),
            StoreSlow = Rate(0.1),
            WorkerStoreFails = Rate(0.05),
            CoordinatorStoreFails = Rate(0.01),
            SlowDownsPerHour = Rate(60),
            StatisticsDamaged = Rate(0.1),
            WorkerCrashes = Rate(0.3),
            CoordinatorCrashes = Rate(0.8),
            WorkerPauses = Rate(0.2),
            CoordinatorPauses = Rate(0.8),
            ClockJumps = Rate(0.3),
            Throttles = Rate(0.1),
            RequestsLost = Rate(0.1),
            AnswersLost = Rate(0.1),
            AnswersNeverCome = Rate(0.05),
            AnswersLate = Rate(0.1),
            AnswersGarbled = Rate(0.1),
            RunsTwice = Rate(0.1),
            DeliversTwice = Rate(0.2),
            DeliversLate = Rate(0.2),
            Recycles = Rate(0.2),
            Concurrency = dice.Chance(0.2) ? dice.OneOf(2, 3, 5) : 1000,
            TimeLimit = dice.Chance(0.3) ? dice.Spread(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(120)) : TimeSpan.FromSeconds(900),
        };

        double Rate(double most)
        {
            double rate = dice.Spread(most / 30, most);
            return dice.Chance(0.5) ? rate : 0;
        }
    }
}
