namespace AotRecTrainer.Training.Messages;

/// <summary>Items for a user, or items like another, best first.</summary>
public sealed record RecommendResult
{
    /// <summary>Always <c>recommend</c>.</summary>
    public string Role { get; init; } = "recommend";

    /// <summary>Location of the model.</summary>
    public required string Model { get; init; }

    /// <summary>How the items were found: <c>known</c> user, <c>folded-in</c> ratings, <c>unknown</c> user, or <c>similar</c> items.</summary>
    public required string Basis { get; init; }

    /// <summary>Rated or excluded ids that the model does not know, and that therefore counted for nothing.</summary>
    public required string[] UnknownItems { get; init; }

    /// <summary>The items.</summary>
    public required Recommendation[] Items { get; init; }
}
