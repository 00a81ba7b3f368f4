namespace AotRecTrainer.Kernels.Tests;

public sealed class RatingRowsTests
{
    [Theory]
    [InlineData(new[] { 0, 2, 1 }, "offset 2 is 1, expected 2 to 2")]
    [InlineData(new[] { 0, 3 }, "offset 1 is 3, expected 0 to 2")]
    [InlineData(new[] { -1, 2 }, "offset 0 is -1, expected 0 to 2")]
    public void Create_BadOffsets_Throw(int[] offsets, string message)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => RatingRows.Create(offsets, [0, 1], [1, 2], 2));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Create_ItemOutOfRange_ThrowsWithItsPosition(int item)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => RatingRows.Create([0, 2], [1, item], [1, 2], 2));
        Assert.Contains($"item {item} at position 1, expected 0 to 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RatingBlock([0, 2], [1, item], [1, 2], 2));
    }

    [Fact]
    public void Create_LengthsDiffer_Throws()
    {
        Assert.Throws<ArgumentException>(() => RatingRows.Create([0, 1], [1], [1, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RatingRows.Create([0], [], [], -1));
    }

    [Fact]
    public void Slice_SomeUsers_KeepsTheirRatings()
    {
        var block = new RatingBlock([0, 1, 3, 3, 6], [0, 1, 2, 0, 1, 2], [1, 2, 3, 4, 5, 1], 3);
        RatingRows rows = block.Rows.Slice(1, 2);
        Assert.Equal(2, rows.Users);
        Assert.Equal(2, rows.Count);
        Assert.Equal([1, 3, 3], rows.Offsets.ToArray());
        Assert.Equal(4, block.Rows.Users);
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Rows.Slice(3, 2).Users);
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Rows.Slice(-1, 2).Users);
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Rows.Slice(int.MaxValue, int.MaxValue).Users);
    }

    [Fact]
    public void Default_Value_HoldsNothing()
    {
        RatingRows rows = default;
        Assert.Equal(0, rows.Users);
        Assert.Equal(0, rows.Count);
        Assert.Equal(0, rows.Slice(0, 0).Users);
    }
}
