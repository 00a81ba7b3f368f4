namespace AotRecTrainer.Benchmarks.ColdStart;

/// <summary>A median, and the range in which the middle half of the values lies.</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return new Spread(At(0.5), At(0.25), At(0.75));

        double At(double share) => ordered[(int)Math.Round((ordered.Length - 1) * share)];
    }
}
