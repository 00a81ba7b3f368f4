using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Prediction;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Serving;

/// <summary>A trained model in memory. Does not change; safe for concurrent use.</summary>
public sealed class SavedModel
{
    internal SavedModel(
        ModelDescription description, ModelParameters parameters, IReadOnlyList<ModelParameters> samples, ModelEntities users, ModelEntities items)
    {
        Description = description;
        Parameters = parameters;
        Predictor = new RatingPredictor(samples, description.NoisePrecision, description.RatingLow, description.RatingHigh);
        Users = users;
        Items = items;
    }

    /// <summary>The content of <c>model.json</c>.</summary>
    public ModelDescription Description { get; }

    /// <summary>The model as one set of parameters; the mean of the samples where there are several.</summary>
    public ModelParameters Parameters { get; }

    /// <summary>Predicts by <see cref="Parameters"/>, or by the samples of a model that is many.</summary>
    public RatingPredictor Predictor { get; }

    /// <summary>The users by original id.</summary>
    public ModelEntities Users { get; }

    /// <summary>The items by original id, with titles where they are known.</summary>
    public ModelEntities Items { get; }

    /// <summary>The regularization for users that are folded in: what the model was trained with, or the default where that was none.</summary>
    public RidgeWeights Weights => Description.Regularization is > 0 and { } lambda
        ? RidgeWeights.PerRating(lambda)
        : RidgeWeights.Automatic(Description.RatingDeviation ?? 1, Math.Max(Description.Users, 1), Math.Max(Description.Items, 1));
}
