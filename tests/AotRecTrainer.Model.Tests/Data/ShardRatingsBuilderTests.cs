using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Model.Data;

namespace AotRecTrainer.Model.Tests.Data;

public sealed class ShardRatingsBuilderTests
{
    private static readonly Schema Schema = new([new("user", ArrowType.Int32), new("item", ArrowType.Int32), new("rating", ArrowType.Float)]);

    [Fact]
    public void Build_SeveralBatches_PutsEveryRatingIntoItsUsersRow()
    {
        ShardRatingsBuilder builder = new(userFirst: 10, userCount: 5, itemCount: 4, ratingCount: 4);
        Add(builder, [11, 11], [0, 3], [1, 2]);
        Add(builder, [], [], []);
        Add(builder, [11, 13], [3, 2], [3, 4]);
        ShardRatings ratings = builder.Build();
        Assert.Equal(10, ratings.UserFirst);
        Assert.Equal(5, ratings.UserCount);
        Assert.Equal([0, 0, 3, 3, 4, 4], ratings.Block.Rows.Offsets.ToArray());
        Assert.Equal([0, 3, 3, 2], ratings.Block.Rows.Items.ToArray());
        Assert.Equal([1f, 2, 3, 4], ratings.Block.Rows.Ratings.ToArray());
    }

    [Fact]
    public void Build_NoRatings_HasEmptyRows()
    {
        ShardRatings ratings = new ShardRatingsBuilder(userFirst: 0, userCount: 2, itemCount: 1, ratingCount: 0).Build();
        Assert.Equal(0, ratings.Count);
        Assert.Equal(2, ratings.UserCount);
    }

    [Theory]
    [InlineData(9, 0, 1f, "rating 0: user 9, expected one of 10..14")]
    [InlineData(15, 0, 1f, "rating 0: user 15, expected one of 10..14")]
    [InlineData(10, -1, 1f, "rating 0: item -1, expected one of 0..3")]
    [InlineData(10, 4, 1f, "rating 0: item 4, expected one of 0..3")]
    [InlineData(10, 0, float.NaN, "rating 0: value NaN, expected a finite number")]
    public void Add_RatingOutsideTheShard_IsRefusedByName(int user, int item, float rating, string message)
    {
        ShardRatingsBuilder builder = new(userFirst: 10, userCount: 5, itemCount: 4, ratingCount: 1);
        Assert.Equal(message, Assert.Throws<ModelException>(() => Add(builder, [user], [item], [rating])).Message);
    }

    [Fact]
    public void Add_UsersOutOfOrder_IsRefused()
    {
        ShardRatingsBuilder builder = new(userFirst: 0, userCount: 3, itemCount: 1, ratingCount: 2);
        Assert.Throws<ModelException>(() => Add(builder, [1, 0], [0, 0], [1, 1]));
    }

    [Fact]
    public void Build_MoreOrFewerRatingsThanPromised_IsRefused()
    {
        ShardRatingsBuilder builder = new(userFirst: 0, userCount: 3, itemCount: 1, ratingCount: 1);
        Assert.Equal("the shard holds 0 ratings, expected 1", Assert.Throws<ModelException>(builder.Build).Message);
        Assert.Throws<ModelException>(() => Add(builder, [0, 0], [0, 0], [1, 1]));
    }

    private static void Add(ShardRatingsBuilder builder, int[] users, int[] items, float[] ratings)
    {
        using RecordBatch batch = new(Schema,
        [
            Column.FromValues<int>(Schema.Fields[0], users), Column.FromValues<int>(Schema.Fields[1], items),
            Column.FromValues<float>(Schema.Fields[2], ratings),
        ]);
        builder.Add(batch);
    }
}
