using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Serving;

/// <summary>
/// What users have rated in a data set, in the item indices of a model. Users and items are matched by their original ids, because the
/// data set may have been made anew since the model was trained on it.
/// </summary>
public sealed class RatedItems : IDisposable
{
    private readonly ShardCache _data;
    private readonly ModelEntities _users;
    private readonly int[] _modelItems;

    private RatedItems(ShardCache data, ModelEntities users, int[] modelItems)
    {
        _data = data;
        _users = users;
        _modelItems = modelItems;
    }

    /// <summary>Opens a data set.</summary>
    /// <exception cref="TrainingInputException">Not a location.</exception>
    /// <exception cref="DatasetException">There is no data set, or it is damaged.</exception>
    public static async Task<RatedItems> OpenAsync(TrainingHost host, string dataset, SavedModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ShardCache data = await ShardCache.OpenAsync(host, dataset, cancellationToken);
        try
        {
            ModelEntities users = new(await data.Reader.ReadUsersAsync(cancellationToken));
            EntityTable items = await data.Reader.ReadItemsAsync(cancellationToken);
            return new RatedItems(data, users, [.. Enumerable.Range(0, items.Ids.Count).Select(item => model.Items.IndexOf(items.Ids[item]))]);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>The items that a user has rated in train; none for a user who is not in the data set.</summary>
    public async Task<int[]> OfAsync(string user, CancellationToken cancellationToken)
    {
        int index = _users.IndexOf(user);
        if (index < 0) return [];
        int shard = Array.FindIndex(
            _data.Reader.Manifest.Shards, entry => index >= entry.UserFirst && index < entry.UserFirst + entry.UserCount);
        ShardRatings train = (await _data.GetAsync(shard, cancellationToken)).Train;
        return Map(train.Block.Rows[index - train.UserFirst].Indices, _modelItems);
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    internal static int[] Map(ReadOnlySpan<int> items, int[] modelItems)
    {
        List<int> mapped = new(items.Length);
        foreach (int item in items)
        {
            if (modelItems[item] >= 0) mapped.Add(modelItems[item]);
        }

        return [.. mapped];
    }
}
