namespace AotRecTrainer.Model;

/// <summary>A stored model, checkpoint or statistics object that is not what it should be; says what was found and expected.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(OneLine(message), inner)
{
    /// <summary>The settings make the error grow without bound: not an accident that another attempt could mend.</summary>
    public bool IsDivergence { get; init; }

    /// <summary>A training that ran away, with what was seen.</summary>
    public static ModelException Diverged(string seen) => new($"training diverged: {seen}") { IsDivergence = true };

    // Messages quote what a damaged object says.
    private static string OneLine(string message) => string.Concat(message.Select(c => char.IsControl(c) ? '?' : c));
}
