namespace AotRecTrainer.Training;

/// <summary>What a role knows of the invocation that it runs in.</summary>
/// <param name="Id">The invocation's own name; a second delivery of the same event has the same one.</param>
/// <param name="Deadline">When the platform ends the function; null when there is no such time.</param>
public sealed record InvocationInfo(string Id, DateTimeOffset? Deadline)
{
    private const int NameLengthMax = 96;

    /// <summary>A run's name that a second delivery of the same event comes to as well.</summary>
    public string RunName => "run-" + string.Concat(Id.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(NameLengthMax));
}
