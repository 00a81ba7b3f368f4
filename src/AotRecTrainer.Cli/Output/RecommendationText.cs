using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>Recommendations as a table for people.</summary>
internal static class RecommendationText
{
    public static IEnumerable<string> Lines(RecommendResult result)
    {
        yield return result.Basis switch
        {
            "similar" => "most alike, by the cosine of the factors",
            "folded-in" => "for these ratings, by predicted rating",
            "unknown" => "for somebody the model does not know, by predicted rating",
            _ => "by predicted rating",
        };
        if (result.Items.Length == 0)
        {
            yield return "nothing is left to recommend";
            yield break;
        }

        int width = result.Items.Max(item => item.Item.Length);
        foreach (Recommendation item in result.Items)
            yield return $"{item.Score,8:F3}  {item.Item.PadLeft(width)}  {item.Title}".TrimEnd();
    }
}
