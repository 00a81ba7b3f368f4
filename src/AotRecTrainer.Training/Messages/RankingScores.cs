namespace AotRecTrainer.Training.Messages;

/// <summary>How well ranked lists hit what users liked; all three from 0 to 1.</summary>
/// <param name="Ndcg">Mean nDCG@k.</param>
/// <param name="Recall">Mean share of a user's liked items that is in the list.</param>
/// <param name="Coverage">Share of all items that is in anybody's list.</param>
public sealed record RankingScores(double Ndcg, double Recall, double Coverage);
