using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Early stopping: keeps the model with the least held-out error, and says when to stop waiting for a better one.</summary>
/// <param name="patience">Epochs without a better error after which to stop; 0 keeps nothing and never stops.</param>
internal sealed class EarlyStop(int patience)
{
    /// <summary>The best model so far; null when none is kept. Its parameters never change.</summary>
    public MeasuredModel? Best { get; set; }

    /// <summary>Tells of a measured model; true when training should stop.</summary>
    public bool ShouldStop(Func<ModelParameters> model, ErrorSums errors, int epoch)
    {
        if (patience == 0 || !double.IsFinite(errors.TestRmse)) return false;
        if (Best is null || errors.TestRmse < Best.Errors.TestRmse)
        {
            Best = new MeasuredModel(model().Copy(), errors, epoch);
            return false;
        }

        return epoch - Best.Epoch >= patience;
    }

    /// <summary>The better of the last model and the best one so far.</summary>
    public MeasuredModel BetterOf(MeasuredModel last) => Best is not null && Best.Errors.TestRmse < last.Errors.TestRmse ? Best : last;
}
