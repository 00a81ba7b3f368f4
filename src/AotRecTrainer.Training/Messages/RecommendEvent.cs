namespace AotRecTrainer.Training.Messages;

/// <summary>What a caller asks of a model: the best items for a user, known or new, or the items most like one.</summary>
public sealed record RecommendEvent
{
    /// <summary>Always <c>recommend</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Location of the model's folder.</summary>
    public string? Model { get; init; }

    /// <summary>Original id of the user; one that the model does not know gets what everybody likes.</summary>
    public string? User { get; init; }

    /// <summary>Ratings of a new user by original item id, from which a row is found without training; in place of <see cref="User"/>.</summary>
    public Dictionary<string, float>? Ratings { get; init; }

    /// <summary>Original id of an item to find similar ones to; in place of <see cref="User"/>.</summary>
    public string? SimilarTo { get; init; }

    /// <summary>Items to return.</summary>
    public int? Count { get; init; }

    /// <summary>Original ids of items not to return.</summary>
    public string[]? Exclude { get; init; }

    /// <summary>Whether to leave out what the user has rated in the data set that the model was trained on; true when not given.</summary>
    public bool? ExcludeRated { get; init; }
}
