using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Serving;

/// <summary>
/// The function as a recommender: keeps the model of the last question, so that the next one is answered from memory. One invocation at
/// a time.
/// </summary>
/// <param name="host">The process.</param>
public sealed class RecommendRole(TrainingHost host) : IDisposable
{
    // A model that is trained anew at the same location is noticed this late.
    private static readonly TimeSpan ModelAge = TimeSpan.FromMinutes(1);

    private string? _location;
    private SavedModel? _model;
    private Recommender? _recommender;
    private RatedItems? _rated;
    private long _checked;

    /// <summary>Handles one invocation.</summary>
    /// <exception cref="TrainingInputException">The question, the model or its data set is wrong.</exception>
    public async Task<RecommendResult> RunAsync(RecommendEvent asked, CancellationToken cancellationToken)
    {
        Recommender.Check(asked);
        await LoadAsync(asked.Model!, cancellationToken);
        int[] rated = asked.User is { } user && asked.ExcludeRated != false ? await RatedByAsync(user, cancellationToken) : [];
        return _recommender!.Answer(asked, rated);
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private async Task LoadAsync(string location, CancellationToken cancellationToken)
    {
        if (_location == location && host.Time.GetElapsedTime(_checked) < ModelAge) return;
        using IObjectStore store = host.Open("model", location);
        if (_location == location)
        {
            ModelDescription description = await SavedModelReader.ReadDescriptionAsync(store, cancellationToken);
            _checked = host.Time.GetTimestamp();
            if (description.ParametersSha256 == _model!.Description.ParametersSha256) return;
        }

        Forget();
        _model = await SavedModelReader.ReadAsync(store, cancellationToken);
        _recommender = new Recommender(_model, location);
        _location = location;
        _checked = host.Time.GetTimestamp();
    }

    private async Task<int[]> RatedByAsync(string user, CancellationToken cancellationToken)
    {
        if (_model!.Users.IndexOf(user) < 0) return [];
        try
        {
            _rated ??= await RatedItems.OpenAsync(host, _model.Description.Dataset, _model, cancellationToken);
            return await _rated.OfAsync(user, cancellationToken);
        }
        catch (Exception problem) when (problem is Dataset.DatasetException or StorageException or TrainingInputException)
        {
            throw new TrainingInputException(
                $"what the user has rated cannot be read ({problem.Message}); excludeRated: false answers without", problem);
        }
    }

    private void Forget()
    {
        _rated?.Dispose();
        (_rated, _recommender, _model, _location) = (null, null, null, null);
    }
}
