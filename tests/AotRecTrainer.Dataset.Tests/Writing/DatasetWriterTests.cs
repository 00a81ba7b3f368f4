using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Input;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Splits;
using AotRecTrainer.Dataset.Synthesis;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Writing;

public sealed class DatasetWriterTests
{
    [Theory]
    [InlineData(1, 41)]
    [InlineData(4, 42)]
    [InlineData(12, 43)]
    public async Task Write_AnyShardCount_TrainAndTestTogetherAreTheInput(int shards, int seed)
    {
        RatingRow[] rows = RatingRows.Random(seed, users: 60, items: 80, count: 2000);
        using var store = new MemoryObjectStore();
        DatasetManifest manifest = await WriteAsync(store, rows, new() { Shards = shards, Holdout = 0.25, Seed = seed });
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        List<RatingRow> train = await RatingRows.OfAsync(reader, test: false), test = await RatingRows.OfAsync(reader, test: true);
        var split = new RatingSplit(0.25, seed);
        Assert.Equal(Sorted(rows.Where(row => !split.IsTest(row.User, row.Item))), Sorted(train));
        Assert.Equal(Sorted(rows.Where(row => split.IsTest(row.User, row.Item))), Sorted(test));
        Assert.Equal((2000, train.Count, test.Count), (manifest.Ratings, manifest.TrainRatings, manifest.TestRatings));
        Assert.Equal(train.Average(row => (double)row.Rating), manifest.GlobalMean, 12);
        double variance = train.Average(row => Math.Pow(row.Rating - manifest.GlobalMean, 2));
        Assert.Equal(Math.Sqrt(variance), manifest.RatingDeviation, 12);
        Assert.Equal((rows.Min(row => row.Rating), rows.Max(row => row.Rating)), (manifest.RatingLow, manifest.RatingHigh));
    }

    [Fact]
    public async Task Write_Shards_AreContiguousSortedAndDense()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        int next = 0;
        foreach (ShardEntry shard in reader.Manifest.Shards)
        {
            Assert.Equal(next, shard.UserFirst);
            next += shard.UserCount;
            foreach (string key in new[] { shard.Train.Key, shard.Test.Key })
            {
                (int User, int Item)[] pairs = Pairs(store[key]);
                Assert.All(pairs, pair => Assert.InRange(pair.User, shard.UserFirst, next - 1));
                Assert.All(pairs, pair => Assert.InRange(pair.Item, 0, reader.Manifest.Items - 1));
                Assert.Equal(pairs.Distinct().Order(), pairs);
            }
        }

        Assert.Equal(reader.Manifest.Users, next);
    }

    [Theory, InlineData(7), InlineData(8)]
    public async Task Write_LongTailedActivity_ShardsBalanceWithinFivePercent(long seed)
    {
        using var text = new MemoryStream();
        SyntheticRatings.Write(text, new SyntheticOptions { Users = 600, Items = 500, Ratings = 60_000, Seed = seed });
        text.Position = 0;
        using var store = new MemoryObjectStore();
        DatasetManifest manifest = await new DatasetWriter(store).WriteAsync(RatingsReader.Read(text, "file"));
        Assert.Equal(12, manifest.Shards.Length);
        AssertBalanced(manifest);
    }

    [Fact]
    public async Task Write_MovieLensLatestSmall_ShardsBalanceWithinFivePercentAndHaveTitles()
    {
        string folder = MovieLens.LatestSmall();
        using var store = new MemoryObjectStore();
        DatasetManifest manifest = await new DatasetWriter(store).WriteAsync(
            RatingsReader.Read(new LocalFile(Path.Combine(folder, "ratings.csv"))),
            TitlesReader.Read(new LocalFile(Path.Combine(folder, "movies.csv"))));
        AssertBalanced(manifest);
        Assert.InRange((double)manifest.TestRatings / manifest.Ratings, 0.095, 0.105);
        EntityTable items = await (await DatasetReader.OpenAsync(store)).ReadItemsAsync();
        Assert.Equal("Toy Story (1995)", items.Titles![items.Ids.Integers.IndexOf(1)]);
        Assert.All(items.Titles, Assert.NotNull);
    }

    [Fact]
    public async Task Write_IdTables_MapIndicesToOriginalIdsTitlesAndTrainCounts()
    {
        RatingRow[] rows = RatingRows.Random(seed: 44, users: 30, items: 40, count: 600);
        RatingTable table = RatingText.Table(rows);
        Dictionary<long, string> titles = Datasets.SomeTitles(table);
        using var store = new MemoryObjectStore();
        await new DatasetWriter(store, Datasets.Options).WriteAsync(table, titles);
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        EntityTable users = await reader.ReadUsersAsync(), items = await reader.ReadItemsAsync();
        List<RatingRow> train = await RatingRows.OfAsync(reader, test: false);
        Assert.Equal(rows.Select(row => row.User).Distinct().Order(), users.Ids.Integers.ToArray().Order());
        Assert.Equal(rows.Select(row => row.Item).Distinct().Order(), items.Ids.Integers.ToArray());
        Assert.Equal(users.Ids.Integers.ToArray().Select(id => train.Count(row => row.User == id)), users.Ratings);
        Assert.Equal(items.Ids.Integers.ToArray().Select(id => train.Count(row => row.Item == id)), items.Ratings);
        Assert.Equal(items.Ids.Integers.ToArray().Select(titles.GetValueOrDefault), items.Titles);
        Assert.Null(users.Titles);
    }

    [Fact]
    public async Task Write_Twice_GivesTheSameBytesWhateverTheOrderOfLines()
    {
        RatingRow[] rows = RatingRows.Random(seed: 45, users: 50, items: 60, count: 1500);
        using var first = new MemoryObjectStore();
        using var second = new MemoryObjectStore();
        await WriteAsync(first, rows, Datasets.Options);
        new Random(46).Shuffle(rows);
        await WriteAsync(second, rows, Datasets.Options);
        await WriteAsync(second, rows, Datasets.Options);
        AssertSame(first, second);
    }

    [Fact]
    public async Task Write_OverALargerDataSet_LeavesNothingOfIt()
    {
        RatingRow[] rows = RatingRows.Random(seed: 47, users: 50, items: 60, count: 1500);
        using var fresh = new MemoryObjectStore();
        using var reused = new MemoryObjectStore();
        await WriteAsync(reused, RatingRows.Random(seed: 48, users: 50, items: 60, count: 2000), new() { Shards = 9 });
        await WriteAsync(fresh, rows, Datasets.Options);
        await WriteAsync(reused, rows, Datasets.Options);
        AssertSame(fresh, reused);
    }

    [Fact]
    public async Task Write_FewerUsersThanShards_EveryUserIsAShard()
    {
        using var store = new MemoryObjectStore();
        RatingRow[] rows = RatingRows.Random(seed: 49, users: 3, items: 30, count: 60);
        DatasetManifest manifest = await WriteAsync(store, rows, new() { Holdout = 0 });
        Assert.Equal([1, 1, 1], manifest.Shards.Select(shard => shard.UserCount));
        Assert.Equal(0, manifest.TestRatings);
        await Datasets.ReadAllAsync(store);
    }

    [Fact]
    public async Task Write_OneRating_IsADataSet()
    {
        using var store = new MemoryObjectStore();
        DatasetManifest manifest = await WriteAsync(store, [new RatingRow(0, 0, 3, 0)], new() { Holdout = 0 });
        Assert.Equal((1, 1, 1L, 3.0), (manifest.Users, manifest.Items, manifest.Ratings, manifest.GlobalMean));
        await Datasets.ReadAllAsync(store);
    }

    [Fact]
    public async Task Write_NothingLeftToTrainOn_WritesNothing()
    {
        using var store = new MemoryObjectStore();
        await Assert.ThrowsAsync<RatingsFormatException>(
            () => WriteAsync(store, [new RatingRow(1, 1, 3, 0)], new() { Holdout = 0.999_999_999 }));
        Assert.Empty(store.Keys);
    }

    [Fact]
    public async Task Write_NoTimestamps_HasNoSuchColumn()
    {
        using var store = new MemoryObjectStore();
        RatingTable table = RatingText.Parse("userId,movieId,rating\n1,2,3\n");
        DatasetManifest manifest = await new DatasetWriter(store, new() { Holdout = 0 }).WriteAsync(table);
        Assert.Equal(["user", "item", "rating"], manifest.RatingColumns);
        await Datasets.ReadAllAsync(store);
    }

    [Fact]
    public async Task Write_Progress_CountsEveryFile()
    {
        List<WriteProgress> told = [];
        var gate = new Lock();
        using var store = new MemoryObjectStore();
        await new DatasetWriter(store, Datasets.Options).WriteAsync(
            RatingText.Table(RatingRows.Random(seed: 50, users: 20, items: 20, count: 200)), titles: null, new Telling(at =>
            {
                lock (gate)
                {
                    told.Add(at);
                }
            }));
        Assert.Equal(Enumerable.Range(1, 11), told.Select(at => at.FilesWritten).Order());
        Assert.All(told, at => Assert.Equal(11, at.Files));
    }

    [Theory]
    [InlineData(0, 0.1, "shards is 0, expected 1 .. 10000")]
    [InlineData(10_001, 0.1, "shards is 10001, expected 1 .. 10000")]
    [InlineData(1, 1.0, "holdout is 1, expected at least 0 and less than 1")]
    [InlineData(1, double.NaN, "holdout is NaN, expected at least 0 and less than 1")]
    [InlineData(0, -0.1, "shards is 0, expected 1 .. 10000; holdout is -0.1, expected at least 0 and less than 1")]
    public void Create_OptionsOutOfRange_AreAllNamed(int shards, double holdout, string problems)
    {
        using var store = new MemoryObjectStore();
        var error = Assert.Throws<ArgumentException>(() => new DatasetWriter(store, new() { Shards = shards, Holdout = holdout }));
        Assert.StartsWith(problems, error.Message, StringComparison.Ordinal);
    }

    private static Task<DatasetManifest> WriteAsync(MemoryObjectStore store, RatingRow[] rows, DatasetWriterOptions options) =>
        new DatasetWriter(store, options).WriteAsync(RatingText.Table(rows));

    private static IEnumerable<RatingRow> Sorted(IEnumerable<RatingRow> rows) => rows.OrderBy(row => row.User).ThenBy(row => row.Item);

    private static void AssertBalanced(DatasetManifest manifest)
    {
        long most = manifest.Shards.Max(shard => shard.Train.Rows), fewest = manifest.Shards.Min(shard => shard.Train.Rows);
        Assert.InRange(most - fewest, 0, 0.05 * manifest.TrainRatings / manifest.Shards.Length);
    }

    private static void AssertSame(MemoryObjectStore expected, MemoryObjectStore actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected.Keys, key => Assert.Equal(expected[key], actual[key]));
    }

    private static (int User, int Item)[] Pairs(byte[] parquet)
    {
        using var reader = new ParquetReader(new MemoryStream(parquet));
        List<(int, int)> pairs = [];
        foreach (RecordBatch batch in reader.ReadBatches(["user", "item"]))
        {
            using (batch)
            {
                pairs.AddRange(batch["user"].Values<int>().ToArray().Zip(batch["item"].Values<int>().ToArray()));
            }
        }

        return [.. pairs];
    }

    private sealed class Telling(Action<WriteProgress> report) : IProgress<WriteProgress>
    {
        public void Report(WriteProgress value) => report(value);
    }
}
