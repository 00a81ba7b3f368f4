using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>What is known of some ratings without looking at them again. Sums are rounded, so they are added in a fixed order.</summary>
/// <param name="pivot">A number in the range of the ratings: squares are taken of the distance from it, which keeps them small.</param>
[StructLayout(LayoutKind.Auto)]
internal struct RatingSums(float pivot)
{
    private double _sum;
    private double _distances;
    private double _squares;

    /// <summary>Train ratings.</summary>
    public long Count { get; private set; }

    /// <summary>The lowest rating, train or test.</summary>
    public float Low { get; private set; } = float.PositiveInfinity;

    /// <summary>The highest rating, train or test.</summary>
    public float High { get; private set; } = float.NegativeInfinity;

    /// <summary>The mean of the train ratings; rounding must not take a mean of equal ratings off the scale.</summary>
    public readonly double Mean => Math.Clamp(_sum / Count, Low, High);

    /// <summary>The standard deviation of the train ratings around their mean.</summary>
    public readonly double Deviation => Math.Sqrt(Math.Max(0, _squares - (_distances * _distances / Count)) / Count);

    /// <summary>Adds ratings; those that are test count for the scale only.</summary>
    public void Add(ReadOnlySpan<float> ratings, ReadOnlySpan<bool> isTest)
    {
        float low = Low, high = High;
        double sum = _sum, distances = _distances, squares = _squares;
        long count = Count;
        for (int row = 0; row < isTest.Length; row++)
        {
            float rating = ratings[row];
            low = rating < low ? rating : low;
            high = rating > high ? rating : high;
            if (!isTest[row])
            {
                double distance = rating - pivot;
                count++;
                sum += rating;
                distances += distance;
                squares += distance * distance;
            }
        }

        (Low, High, Count) = (low, high, count);
        (_sum, _distances, _squares) = (sum, distances, squares);
    }

    /// <summary>Adds sums with the same pivot.</summary>
    public void Add(in RatingSums other)
    {
        Low = Math.Min(Low, other.Low);
        High = Math.Max(High, other.High);
        Count += other.Count;
        _sum += other._sum;
        _distances += other._distances;
        _squares += other._squares;
    }
}
