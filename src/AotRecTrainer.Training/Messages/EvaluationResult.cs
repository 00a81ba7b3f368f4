namespace AotRecTrainer.Training.Messages;

/// <summary>How good a model is on the held-out ratings of a data set.</summary>
public sealed record EvaluationResult
{
    /// <summary>Location of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Location of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Held-out ratings that were predicted.</summary>
    public required long Ratings { get; init; }

    /// <summary>Root-mean-square error of the predictions; null without ratings.</summary>
    public required double? Rmse { get; init; }

    /// <summary>Mean absolute error of the predictions; null without ratings.</summary>
    public required double? Mae { get; init; }

    /// <summary>Held-out ratings by users or of items that the model does not know.</summary>
    public required long UnknownRatings { get; init; }

    /// <summary>Length k of the ranked lists.</summary>
    public required int ListLength { get; init; }

    /// <summary>Least rating that counts as liked.</summary>
    public required float LikedFrom { get; init; }

    /// <summary>Users with a liked held-out item, whose lists were compared.</summary>
    public required int RankedUsers { get; init; }

    /// <summary>The model's lists; null when nobody was ranked.</summary>
    public required RankingScores? Ranking { get; init; }

    /// <summary>Lists of the most rated items, the same for everybody but for what they have rated: what a model must beat.</summary>
    public required RankingScores? Popularity { get; init; }
}
