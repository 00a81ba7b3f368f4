using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>A model with what is known of it.</summary>
/// <param name="Parameters">The model.</param>
/// <param name="Errors">Its errors.</param>
/// <param name="Epoch">Epochs behind it.</param>
internal sealed record MeasuredModel(ModelParameters Parameters, ErrorSums Errors, int Epoch);
