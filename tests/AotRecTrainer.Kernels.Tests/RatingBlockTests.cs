namespace AotRecTrainer.Kernels.Tests;

public sealed class RatingBlockTests
{
    [Fact]
    public void ByItem_RandomRows_HoldsTheSameRatingsInUserOrder()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Problem problem = Problem.Create(factors: 1, [0, 5, 1, 30, 0, 12], items: 9, seed);
            var block = new RatingBlock(problem.Offsets, problem.ItemIds, problem.Ratings, problem.Items);
            (int Item, int User, float Rating)[] expected =
                [.. Ratings(problem).OrderBy(rating => rating.Item).ThenBy(rating => rating.User)];
            var actual = new List<(int Item, int User, float Rating)>();
            RatingColumns columns = block.ByItem;
            for (int item = 0; item < columns.Items; item++)
            {
                RatingList list = columns[item];
                Assert.Equal(problem.Users, list.IndexCount);
                Assert.Equal(list.Count, list.Ratings.Length);
                for (int j = 0; j < list.Count; j++)
                {
                    actual.Add((item, list.Indices[j], list.Ratings[j]));
                }
            }

            Assert.True(expected.SequenceEqual(actual), $"seed {seed}");
            Assert.Equal(problem.Items, columns.Items);
            Assert.Equal(problem.Ratings.Length, columns.Count);
        }
    }

    [Fact]
    public void ByItem_RowsFromTheMiddle_LeavesTheRestOut()
    {
        var block = new RatingBlock([1, 3, 4], [2, 0, 2, 0, 1], [1, 2, 3, 4, 5], itemCount: 4);
        RatingColumns columns = block.ByItem;
        Assert.Equal(3, columns.Count);
        Assert.Equal([0, 1], columns[0].Indices.ToArray());
        Assert.Equal([2, 4], columns[0].Ratings.ToArray());
        Assert.Equal(0, columns[1].Count);
        Assert.Equal([0], columns[2].Indices.ToArray());
        Assert.Equal(0, columns[3].Count);
        Assert.Throws<IndexOutOfRangeException>(() => block.ByItem[4].Count);
        Assert.Throws<IndexOutOfRangeException>(() => block.ByItem[-1].Count);
    }

    [Fact]
    public void ByItem_NoUsers_HasEmptyItems()
    {
        RatingColumns columns = new RatingBlock([], [], [], itemCount: 2).ByItem;
        Assert.Equal(2, columns.Items);
        Assert.Equal(0, columns[1].Count);
        Assert.Equal(0, default(RatingColumns).Items);
    }

    [Fact]
    public void Rows_OneUser_IsHerRatings()
    {
        var block = new RatingBlock([0, 1, 3], [0, 1, 2], [1, 2, 3], itemCount: 5);
        RatingList list = block.Rows[1];
        Assert.Equal([1, 2], list.Indices.ToArray());
        Assert.Equal([2, 3], list.Ratings.ToArray());
        Assert.Equal(5, list.IndexCount);
        Assert.Equal([1, 2], block.Rows.Slice(1, 1)[0].Indices.ToArray());
        Assert.Throws<IndexOutOfRangeException>(() => block.Rows[2].Count);
        Assert.Throws<IndexOutOfRangeException>(() => block.Rows[-1].Count);
    }

    private static IEnumerable<(int Item, int User, float Rating)> Ratings(Problem problem)
    {
        for (int u = 0; u < problem.Users; u++)
        {
            for (int j = problem.Offsets[u]; j < problem.Offsets[u + 1]; j++)
            {
                yield return (problem.ItemIds[j], u, problem.Ratings[j]);
            }
        }
    }
}
