namespace AotRecTrainer.Cli.Report;

/// <summary>Facts of a data set, from its manifest.</summary>
internal sealed record ReportedDataset(
    int Users, int Items, long TrainRatings, long TestRatings, double GlobalMean, double RatingDeviation, int Shards);
