namespace AotRecTrainer.DataPrep.Inspection;

/// <summary>Counts ratings by value; where there are many different values, in ten ranges of the same width.</summary>
internal sealed class RatingHistogram(float low, float high)
{
    private const int ValuesMax = 24;
    private const int Ranges = 10;
    private readonly long[] _ranges = new long[Ranges];
    private SortedDictionary<float, long>? _values = [];

    /// <summary>Counts ratings, each between the lowest and the highest.</summary>
    public void Add(ReadOnlySpan<float> ratings)
    {
        foreach (float rating in ratings)
        {
            _ranges[Math.Min(Ranges - 1, (int)((rating - low) / (high - low) * Ranges))]++;
            if (_values is not null)
            {
                _values[rating] = _values.GetValueOrDefault(rating) + 1;
                _values = _values.Count > ValuesMax ? null : _values;
            }
        }
    }

    /// <summary>What was counted: a name and a number each, in order.</summary>
    public IEnumerable<(string Name, long Count)> Bars()
    {
        if (_values is not null)
        {
            return _values.Select(value => ($"{value.Key}", value.Value));
        }

        float width = (high - low) / Ranges;
        return _ranges.Select((count, range) => ($"{low + (range * width):G4} .. {low + ((range + 1) * width):G4}", count));
    }
}
