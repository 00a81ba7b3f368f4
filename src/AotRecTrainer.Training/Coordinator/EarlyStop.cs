using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Early stopping: keeps the model with the least held-out error, and says when to stop waiting for a better one.</summary>
/// <param name="patience">Epochs without a better error after which to stop; 0 keeps nothing and never stops.</param>
internal sealed class EarlyStop(int patience)
{
    private MeasuredModel? _best;

    /// <summary>Tells of a measured model; true when training should stop.</summary>
    public bool ShouldStop(Func<ModelParameters> model, ErrorSums errors, int epoch)
    {
        if (patience == 0 || !double.IsFinite(errors.TestRmse)) return false;
        if (_best is null || errors.TestRmse < _best.Errors.TestRmse)
        {
            _best = new MeasuredModel(model().Copy(), errors, epoch);
            return false;
        }

        return epoch - _best.Epoch >= patience;
    }

    /// <summary>The better of the last model and the best one so far.</summary>
    public MeasuredModel BetterOf(MeasuredModel last) => _best is not null && _best.Errors.TestRmse < last.Errors.TestRmse ? _best : last;
}
