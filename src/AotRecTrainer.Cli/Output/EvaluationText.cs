using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>An evaluation in a few lines.</summary>
internal static class EvaluationText
{
    public static IEnumerable<string> Lines(EvaluationResult result)
    {
        yield return $"model       {result.Model}";
        yield return $"data set    {result.Dataset}";
        string unknown = result.UnknownRatings > 0 ? $" ({result.UnknownRatings:N0} of users or items that the model does not know)" : "";
        yield return result.Rmse is null
            ? "errors      nothing is held out"
            : $"errors      RMSE {result.Rmse:F4}, MAE {result.Mae:F4} over {result.Ratings:N0} held-out ratings{unknown}";
        if (result.Ranking is not { } model || result.Popularity is not { } popular)
        {
            yield return $"ranking     nobody liked a held-out item (rating of {result.LikedFrom:G3} or more)";
            yield break;
        }

        yield return $"ranking     lists of {result.ListLength} for {result.RankedUsers:N0} users; liked is a rating of {result.LikedFrom:G3} or more";
        yield return $"            {"",-14}{"nDCG",8}{"recall",9}{"coverage",10}";
        yield return Row("model", model);
        yield return Row("most rated", popular);
    }

    private static string Row(string name, RankingScores scores) =>
        $"            {name,-14}{scores.Ndcg,8:F4}{scores.Recall,9:F4}{scores.Coverage,10:F4}";
}
