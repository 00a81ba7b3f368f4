using System.Globalization;

namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>Everything that happened in a world, in order: as a hash always, as lines for a reader when a seed is replayed.</summary>
internal sealed class EventLog(Func<TimeSpan> now, bool keepLines)
{
    private readonly List<string> _lines = [];

    /// <summary>Of all events so far (FNV-1a); two worlds of one seed have the same.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    public int Count { get; private set; }

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string who, string what, string about = "")
    {
        TimeSpan at = now();
        Count++;
        Mix((ulong)at.Ticks);
        Mix(who);
        Mix(what);
        Mix(about);
        if (keepLines) _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,10:F4}  {who,-14} {what} {about}"));
    }

    private void Mix(string text)
    {
        foreach (char letter in text) Mix(letter);
        Mix(0);
    }

    private void Mix(ulong bits) => Hash = (Hash ^ bits) * 1099511628211;
}
