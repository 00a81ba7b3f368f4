using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Dataset;

/// <summary>The columns of the Parquet files of a data set.</summary>
internal static class DatasetSchemas
{
    public static readonly Field User = new("user", ArrowType.Int32);
    public static readonly Field Item = new("item", ArrowType.Int32);
    public static readonly Field Rating = new("rating", ArrowType.Float);
    public static readonly Field Timestamp = new("timestamp", ArrowType.Int64);
    public static readonly Field Id = new("id", ArrowType.Int64);
    public static readonly Field TextId = new("id", ArrowType.Utf8);
    public static readonly Field Title = new("title", ArrowType.Utf8, Nullable: true);
    public static readonly Field RatingCount = new("ratings", ArrowType.Int32);

    public static Schema Ratings(bool withTimestamps) => new(withTimestamps ? [User, Item, Rating, Timestamp] : [User, Item, Rating]);

    public static Schema Users(bool textIds) => new([User, textIds ? TextId : Id, RatingCount]);

    public static Schema Items(bool textIds) => new([Item, textIds ? TextId : Id, Title, RatingCount]);
}
