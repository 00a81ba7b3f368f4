using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Tests.Arrow;

public sealed class RecordBatchTests
{
    private static readonly Field User = new("user", ArrowType.Int32);
    private static readonly Field Rating = new("rating", ArrowType.Float);

    [Fact]
    public void Batch_ColumnsThatFit_FindsThemByName()
    {
        using RecordBatch batch = new(new Schema([User, Rating]), [Users(4, 5), Ratings(1, 2)]);
        Assert.Equal(2, batch.Length);
        Assert.Equal([1, 2], batch["rating"].Values<float>().ToArray());
        ArgumentException error = Assert.Throws<ArgumentException>(() => batch["Rating"]);
        Assert.StartsWith("No column Rating; the batch has user, rating.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_ColumnsThatDoNotFit_Throws()
    {
        using Column users = Users(1);
        using Column ratings = Ratings(1, 2);
        Assert.Throws<ArgumentException>(() => new RecordBatch(new Schema([User]), []));
        Assert.Throws<ArgumentException>(() => new RecordBatch(new Schema([Rating]), [users]));
        Assert.Throws<ArgumentException>(() => new RecordBatch(new Schema([User, Rating]), [users, ratings]));
    }

    [Fact]
    public void Batch_NoColumns_IsEmpty()
    {
        using RecordBatch batch = new(new Schema([]), []);
        Assert.Equal(0, batch.Length);
    }

    [Fact]
    public void Dispose_Batch_DisposesItsColumns()
    {
        Column users = Users(1);
        RecordBatch batch = new(new Schema([User]), [users]);
        batch.Dispose();
        batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => users.Values<int>().Length);
    }

    [Fact]
    public void Schema_CollectionsGiven_AreCopied()
    {
        List<Field> fields = [User];
        Dictionary<string, string> notes = new() { ["k"] = "v" };
        Schema schema = new(fields, notes);
        fields.Add(Rating);
        notes.Clear();
        Assert.Equal([User], schema.Fields);
        Assert.Equal("v", schema.Metadata["k"]);
        Assert.Equal((0, -1), (schema.IndexOf("user"), schema.IndexOf("User")));
    }

    private static Column Users(params ReadOnlySpan<int> values) => Column.FromValues(User, values);

    private static Column Ratings(params ReadOnlySpan<float> values) => Column.FromValues(Rating, values);
}
