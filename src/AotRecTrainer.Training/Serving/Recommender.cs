using AotRecTrainer.Model;
using AotRecTrainer.Model.Prediction;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Serving;

/// <summary>Answers questions to a model. Not safe for concurrent use.</summary>
/// <param name="model">The model.</param>
/// <param name="location">Where it came from, for the answer.</param>
public sealed class Recommender(SavedModel model, string location)
{
    /// <summary>Items returned when the question does not say how many.</summary>
    public const int CountDefault = 10;

    private const int CountMax = 10_000;
    private readonly float[] _scores = new float[model.Items.Count];

    /// <summary>Answers a question that <see cref="Check"/> found nothing wrong with.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="rated">Item indices that the user has rated already.</param>
    /// <exception cref="TrainingInputException">The question makes no sense for this model.</exception>
    public RecommendResult Answer(RecommendEvent asked, IReadOnlyCollection<int> rated)
    {
        Check(asked);
        List<string> unknown = [];
        HashSet<int> excluded = [.. rated, .. Known(asked.Exclude ?? [], unknown)];
        bool isSimilar = asked.SimilarTo is not null;
        string basis = isSimilar ? ScoreSimilar(asked.SimilarTo!, excluded)
            : asked.Ratings is { } ratings ? ScoreFoldedIn(ratings, excluded, unknown) : ScoreUser(asked.User!);
        int[] picked = TopItems.Pick(_scores, excluded, asked.Count ?? CountDefault);
        return new RecommendResult
        {
            Model = location,
            Basis = basis,
            UnknownItems = [.. unknown],
            Items = [.. picked.Select(item => new Recommendation(
                model.Items.Table.Ids[item], model.Items.TitleOf(item), isSimilar ? _scores[item] : InScale(_scores[item])))],
        };
    }

    /// <summary>Holds a question against what can be asked.</summary>
    /// <exception cref="TrainingInputException">Something is missing or out of range.</exception>
    public static void Check(RecommendEvent asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        int questions = (asked.User is null ? 0 : 1) + (asked.Ratings is null ? 0 : 1) + (asked.SimilarTo is null ? 0 : 1);
        if (questions != 1) throw new TrainingInputException($"{questions} of user, ratings and similarTo are given, expected one");
        if (string.IsNullOrWhiteSpace(asked.Model)) throw new TrainingInputException("model is missing; expected a location such as s3://bucket/runs/ml-1m/model");
        if (asked.Count is < 1 or > CountMax) throw new TrainingInputException($"count is {asked.Count}, expected 1..{CountMax}");
        foreach ((string item, float rating) in asked.Ratings ?? [])
        {
            if (!float.IsFinite(rating)) throw new TrainingInputException($"the rating of item {item} is {rating}, expected a number");
        }
    }

    private string ScoreSimilar(string id, HashSet<int> excluded)
    {
        int item = model.Items.IndexOf(id);
        if (item < 0) throw new TrainingInputException($"similarTo is \"{id}\", which is not an item of the model");
        ItemNeighbours.Cosines(model.Parameters, item, _scores);
        excluded.Add(item);
        return "similar";
    }

    private string ScoreFoldedIn(Dictionary<string, float> ratings, HashSet<int> excluded, List<string> unknown)
    {
        List<int> items = [];
        List<float> values = [];
        foreach ((string id, float rating) in ratings)
        {
            int item = model.Items.IndexOf(id);
            if (item < 0)
            {
                unknown.Add(id);
                continue;
            }

            items.Add(item);
            values.Add(Math.Clamp(rating, model.Description.RatingLow, model.Description.RatingHigh));
        }

        excluded.UnionWith(items);
        try
        {
            UserRow[] rows = FoldIn.Solve(model.Predictor.Samples, items.ToArray(), values.ToArray(), model.Weights);
            model.Predictor.ScoreItems(rows, _scores);
        }
        catch (ModelException problem)
        {
            throw new TrainingInputException($"the ratings: {problem.Message}", problem);
        }

        return items.Count > 0 ? "folded-in" : "unknown";
    }

    private string ScoreUser(string id)
    {
        int user = model.Users.IndexOf(id);
        model.Predictor.ScoreItems(user, _scores);
        return user < 0 ? "unknown" : "known";
    }

    private IEnumerable<int> Known(IEnumerable<string> ids, List<string> unknown)
    {
        foreach (string id in ids)
        {
            int item = model.Items.IndexOf(id);
            if (item >= 0) yield return item;
            else unknown.Add(id);
        }
    }

    private float InScale(float score) => Math.Clamp(score, model.Description.RatingLow, model.Description.RatingHigh);
}
