namespace AotRecTrainer.Training.Options;

/// <summary>Collects everything that is wrong with an event, so that it is all said at once.</summary>
internal sealed class Problems
{
    private readonly List<string> _found = [];

    public void Check(bool holds, string problem)
    {
        if (!holds) _found.Add(problem);
    }

    public int InRange(string name, int value, int least, int most)
    {
        Check(value >= least && value <= most, $"{name} is {value}, expected {least}..{most}");
        return value;
    }

    public void InRange(string name, double value, double least, double most) =>
        Check(value >= least && value <= most, $"{name} is {value}, expected a number in [{least}, {most}]");

    public string OneOf(string name, string value, params string[] allowed)
    {
        Check(allowed.Contains(value, StringComparer.Ordinal), $"{name} is \"{value}\", expected {string.Join(" or ", allowed)}");
        return value;
    }

    public void ThrowIfAny()
    {
        if (_found.Count > 0) throw new TrainingInputException(string.Join("; ", _found));
    }
}
