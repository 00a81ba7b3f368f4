namespace AotRecTrainer.Model.Parameters;

/// <summary>
/// Random numbers from a stream that is named by its key, not by who drew before: SplitMix64 (Steele, Lea and Flood 2014)
/// started from a mix of the key's parts. Equal keys give equal streams on every machine.
/// </summary>
public struct KeyedRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;
    private double _spare;
    private bool _hasSpare;

    /// <summary>Opens the stream of (seed, stream, row).</summary>
    public KeyedRandom(long seed, ulong stream, ulong row)
    {
        _state = Mix(Mix(Mix((ulong)seed + Golden) ^ (stream + Golden)) ^ (row + Golden));
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += Golden;
        return Mix(_state);
    }

    /// <summary>A double in (0, 1): never 0, never 1.</summary>
    public double NextOpenUnit() => ((NextBits() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>A draw from the standard normal distribution (Box and Muller 1958).</summary>
    public double NextNormal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double radius = Math.Sqrt(-2 * Math.Log(NextOpenUnit()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextOpenUnit());
        _spare = radius * sine;
        _hasSpare = true;
        return radius * cosine;
    }

    /// <summary>A draw from the gamma distribution of this shape and scale 1 (Marsaglia and Tsang 2000).</summary>
    /// <param name="shape">Above 0.</param>
    public double NextGamma(double shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);

        // The method holds from 1 on; below, a draw of one more is shrunk by a uniform one, as the authors advise.
        if (shape < 1) return NextGamma(shape + 1) * Math.Pow(NextOpenUnit(), 1 / shape);
        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NextNormal();
            double root = 1 + (c * x);
            if (root <= 0) continue;
            double v = root * root * root;
            if (Math.Log(NextOpenUnit()) < (0.5 * x * x) + (d * (1 - v + Math.Log(v)))) return d * v;
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
