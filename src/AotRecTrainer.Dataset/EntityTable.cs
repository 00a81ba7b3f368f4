namespace AotRecTrainer.Dataset;

/// <summary>Users or items of a data set; every array is indexed by the dense user or item index.</summary>
/// <param name="Ids">Original ids, integers or text.</param>
/// <param name="Ratings">Number of ratings in train; zero for one that occurs in test only.</param>
/// <param name="Titles">Titles of items, null where unknown; null as a whole for users.</param>
public sealed record EntityTable(EntityIds Ids, int[] Ratings, string?[]? Titles);
