using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Early stopping: remembers the parameters with the least held-out error, and says when to stop waiting for better ones.</summary>
/// <param name="patience">Epochs without a better error after which to stop; 0 remembers nothing and never stops.</param>
internal sealed class BestParameters(int patience)
{
    private double _error = double.PositiveInfinity;
    private int _epoch;
    private ModelParameters? _parameters;

    /// <summary>Tells the error of an epoch's parameters; true when training should stop.</summary>
    public bool ShouldStop(ModelParameters parameters, double error, int epoch)
    {
        if (patience == 0) return false;
        if (error < _error)
        {
            _error = error;
            _epoch = epoch;
            _parameters = ParameterSerializer.Read(ParameterSerializer.Write(parameters), "best parameters");
            return false;
        }

        return epoch - _epoch >= patience;
    }

    /// <summary>The best parameters and their epoch when their error is below <paramref name="error"/>; otherwise null.</summary>
    public (ModelParameters Parameters, int Epoch)? BetterThan(double error) =>
        _parameters is { } best && _error < error ? (best, _epoch) : null;
}
