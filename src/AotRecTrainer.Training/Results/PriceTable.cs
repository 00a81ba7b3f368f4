namespace AotRecTrainer.Training.Results;

/// <summary>AWS prices in US dollars, us-east-1, on demand, as published in summer 2026.</summary>
public static class PriceTable
{
    /// <summary>One GB-second of a function on x86-64.</summary>
    public const double GbSecond = 0.0000166667;

    /// <summary>One invocation.</summary>
    public const double Invocation = 0.20 / 1_000_000;

    /// <summary>One PUT or LIST of S3 Standard.</summary>
    public const double PutOrList = 0.005 / 1_000;

    /// <summary>One GET of S3 Standard. DELETE is free.</summary>
    public const double Get = 0.0004 / 1_000;
}
