using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Results;

/// <summary>Saves the model that a run came to. Every coordinator of a run would save the same bits.</summary>
internal static class ModelSaving
{
    /// <summary>Saves it and returns the SHA-256 of its parameters.</summary>
    public static async Task<string> SaveAsync(
        TrainingPlan plan, IObjectStore store, string folder, RunInputs inputs, MeasuredModel model, IReadOnlyList<string> samples,
        CancellationToken cancellationToken)
    {
        DatasetManifest manifest = inputs.Data.Reader.Manifest;
        ModelParameters parameters = model.Parameters;
        ModelDescription description = new()
        {
            Run = plan.Run,
            Dataset = plan.Settings.Dataset,
            Algorithm = plan.Settings.Algorithm,
            Users = manifest.Users,
            Items = manifest.Items,
            Factors = plan.Settings.Factors,
            GlobalMean = parameters.GlobalMean,
            RatingLow = manifest.RatingLow,
            RatingHigh = manifest.RatingHigh,
            Epochs = model.Epoch,
            TrainRmse = model.Errors.TrainRmse,
            TestRmse = RunRecorder.Finite(model.Errors.TestRmse),
            ParametersSha256 = parameters.Sha256(),
            Samples = samples.Count == 0 ? null : [.. samples],
            Regularization = plan.Settings.Regularization,
            RatingDeviation = manifest.RatingDeviation,
            NoisePrecision = (inputs.Algorithm as ISampledAlgorithm)?.NoisePrecision,
        };
        await ModelExport.SaveAsync(store, folder, description, parameters, inputs.Users, inputs.Items, cancellationToken);
        return description.ParametersSha256;
    }
}
