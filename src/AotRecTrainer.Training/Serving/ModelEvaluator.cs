using AotRecTrainer.Dataset;
using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Prediction;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Serving;

/// <summary>
/// Measures a model on the held-out ratings of a data set: errors of the predicted ratings, and how well lists of the best items that a
/// user has not rated in train hit what the user liked. Users and items are matched by their original ids.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="listLength">k, the length of the lists, at least 1.</param>
/// <param name="likedFrom">Least rating that counts as liked.</param>
public sealed class ModelEvaluator(SavedModel model, int listLength, float likedFrom)
{
    private readonly float[] _scores = new float[model.Items.Count];
    private readonly float[] _popularity = [.. model.Items.Table.Ratings.Select(count => (float)count)];
    private readonly RankingSums _ranking = new(model.Items.Count);
    private readonly RankingSums _popular = new(model.Items.Count);
    private int[] _modelItems = [];
    private double _squares;
    private double _absolutes;
    private long _ratings;
    private long _unknown;

    /// <summary>The least liked rating when nobody says: three quarters of the way up the scale, 4 on a scale of 1 to 5.</summary>
    public static float DefaultLikedFrom(float low, float high) => low + (0.75f * (high - low));

    /// <summary>Reads the data set and measures.</summary>
    /// <param name="host">The process.</param>
    /// <param name="modelLocation">Where the model came from, for the result.</param>
    /// <param name="dataset">Location of the data set.</param>
    /// <param name="progress">Told the share of shards done.</param>
    /// <param name="cancellationToken">Ends the work between users.</param>
    /// <exception cref="TrainingInputException">Not a location.</exception>
    /// <exception cref="DatasetException">There is no data set, or it is damaged.</exception>
    public async Task<EvaluationResult> EvaluateAsync(
        TrainingHost host, string modelLocation, string dataset, IProgress<double> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        using ShardCache data = await ShardCache.OpenAsync(host, dataset, cancellationToken);
        EntityTable users = await data.Reader.ReadUsersAsync(cancellationToken);
        EntityTable items = await data.Reader.ReadItemsAsync(cancellationToken);
        _modelItems = [.. Enumerable.Range(0, items.Ids.Count).Select(item => model.Items.IndexOf(items.Ids[item]))];
        ShardEntry[] shards = data.Reader.Manifest.Shards;
        for (int shard = 0; shard < shards.Length; shard++)
        {
            AddShard(await data.LoadAsync(shard, cancellationToken), users.Ids, cancellationToken);
            progress.Report((shard + 1.0) / shards.Length);
        }

        return new EvaluationResult
        {
            Model = modelLocation,
            Dataset = dataset,
            Ratings = _ratings,
            Rmse = _ratings > 0 ? Math.Sqrt(_squares / _ratings) : null,
            Mae = _ratings > 0 ? _absolutes / _ratings : null,
            UnknownRatings = _unknown,
            ListLength = listLength,
            LikedFrom = likedFrom,
            RankedUsers = _ranking.Users,
            Ranking = ScoresOf(_ranking),
            Popularity = ScoresOf(_popular),
        };
    }

    private static RankingScores? ScoresOf(RankingSums sums) =>
        sums.Users > 0 ? new RankingScores(sums.Ndcg, sums.Recall, sums.Coverage) : null;

    private void AddShard(ShardData shard, EntityIds ids, CancellationToken cancellationToken)
    {
        for (int row = 0; row < shard.Test.UserCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RatingList held = shard.Test.Block.Rows[row];
            if (held.Count == 0) continue;
            int user = model.Users.IndexOf(ids[shard.Test.UserFirst + row]);
            AddErrors(user, held);
            AddLists(user, held, shard.Train.Block.Rows[row]);
        }
    }

    private void AddErrors(int user, RatingList held)
    {
        for (int i = 0; i < held.Count; i++)
        {
            int item = _modelItems[held.Indices[i]];
            if (user < 0 || item < 0) _unknown++;
            double residual = held.Ratings[i] - model.Predictor.Predict(user, item).Rating;
            _squares += residual * residual;
            _absolutes += Math.Abs(residual);
        }

        _ratings += held.Count;
    }

    private void AddLists(int user, RatingList held, RatingList rated)
    {
        HashSet<int> liked = [];
        for (int i = 0; i < held.Count; i++)
        {
            if (held.Ratings[i] >= likedFrom && _modelItems[held.Indices[i]] >= 0) liked.Add(_modelItems[held.Indices[i]]);
        }

        if (liked.Count == 0) return;
        HashSet<int> excluded = [.. RatedItems.Map(rated.Indices, _modelItems)];
        model.Predictor.ScoreItems(user, _scores);
        _ranking.Add(TopItems.Pick(_scores, excluded, listLength), liked, listLength);
        _popular.Add(TopItems.Pick(_popularity, excluded, listLength), liked, listLength);
    }
}
