namespace AotRecTrainer.Training.Messages;

/// <summary>The content of <c>model.json</c>, written after the files that it describes.</summary>
public sealed record ModelDescription
{
    /// <summary>Version of this layout.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Name of the run that trained the model.</summary>
    public required string Run { get; init; }

    /// <summary>Location of the data set that it was trained on.</summary>
    public required string Dataset { get; init; }

    /// <summary>Name of the algorithm.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Number of users.</summary>
    public required int Users { get; init; }

    /// <summary>Number of items.</summary>
    public required int Items { get; init; }

    /// <summary>Length of the factor vectors.</summary>
    public required int Factors { get; init; }

    /// <summary>µ, the mean of the training ratings; predictions are µ + b_u + b_i + p_u · q_i.</summary>
    public required float GlobalMean { get; init; }

    /// <summary>Least rating of the scale that predictions are clipped to.</summary>
    public required float RatingLow { get; init; }

    /// <summary>Greatest rating of the scale.</summary>
    public required float RatingHigh { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>Error on the training ratings.</summary>
    public required double TrainRmse { get; init; }

    /// <summary>Error on the held-out ratings; null when none are held out.</summary>
    public required double? TestRmse { get; init; }

    /// <summary>SHA-256 of the parameters.</summary>
    public required string ParametersSha256 { get; init; }

    /// <summary>Key of the user table, relative to this file.</summary>
    public string UserFactors { get; init; } = "user_factors.parquet";

    /// <summary>Key of the item table, relative to this file.</summary>
    public string ItemFactors { get; init; } = "item_factors.parquet";

    /// <summary>Keys of the samples that predictions are averaged over, relative to this file; null for a model that is just one.</summary>
    public string[]? Samples { get; init; }

    /// <summary>λ per rating that the model was trained with; null when it was chosen from the data.</summary>
    public float? Regularization { get; init; }

    /// <summary>Standard deviation of the training ratings, in stars; null in models of earlier builds.</summary>
    public double? RatingDeviation { get; init; }

    /// <summary>α: one over the variance of a rating around its prediction; null where it was not estimated.</summary>
    public double? NoisePrecision { get; init; }
}
