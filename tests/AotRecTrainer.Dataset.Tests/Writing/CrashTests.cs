using AotRecTrainer.Dataset.Tests.Support;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Tests.Writing;

/// <summary>Writers that fail at every single write, in every way: what can be opened afterwards is whole.</summary>
public sealed class CrashTests
{
    private static readonly RatingTable s_ratings = RatingText.Table(RatingRows.Random(seed: 51, users: 20, items: 30, count: 300));

    [Theory]
    [InlineData(Fault.Refused)]
    [InlineData(Fault.ReplyLost)]
    public async Task Write_StoreFailsAtAnyWrite_LeavesNothing(Fault fault)
    {
        int writes = await CountWritesAsync(new MemoryObjectStore());
        for (int failAt = 1; failAt <= writes; failAt++)
        {
            using var store = new MemoryObjectStore();
            await FailAsync(store, failAt, fault);
            Assert.Empty(store.Keys);
        }
    }

    [Theory]
    [InlineData(Fault.KilledBefore)]
    [InlineData(Fault.KilledAfter)]
    public async Task Write_KilledAtAnyWrite_IsReadableOnlyWithItsLast(Fault fault)
    {
        int writes = await CountWritesAsync(new MemoryObjectStore());
        for (int failAt = 1; failAt <= writes; failAt++)
        {
            using var store = new MemoryObjectStore();
            await FailAsync(store, failAt, fault);
            bool manifestWritten = failAt == writes && fault == Fault.KilledAfter;
            Assert.Equal(manifestWritten, await IsReadableAsync(store));
        }
    }

    [Theory]
    [InlineData(Fault.Refused)]
    [InlineData(Fault.ReplyLost)]
    [InlineData(Fault.KilledBefore)]
    [InlineData(Fault.KilledAfter)]
    public async Task Write_FailsOverAnOlderDataSet_NeverMixesTheTwo(Fault fault)
    {
        using MemoryObjectStore older = await Datasets.SmallAsync();
        int writes = await CountWritesAsync(older.Copy());
        for (int failAt = 1; failAt <= writes; failAt++)
        {
            using MemoryObjectStore store = older.Copy();
            await FailAsync(store, failAt, fault);

            // Only a failure before the old manifest is gone leaves the old data set, and only one behind the last write the new one.
            bool oldLeft = failAt == 1 && fault is (Fault.Refused or Fault.KilledBefore);
            bool newThere = failAt == writes && fault == Fault.KilledAfter;
            Assert.Equal(oldLeft || newThere, await IsReadableAsync(store));
        }
    }

    [Fact]
    public async Task Write_AfterAFailure_Succeeds()
    {
        using var expected = new MemoryObjectStore();
        await new DatasetWriter(expected, Datasets.Options).WriteAsync(s_ratings);
        using var store = new MemoryObjectStore();
        await FailAsync(store, failAt: 5, Fault.KilledAfter);
        await new DatasetWriter(store, Datasets.Options).WriteAsync(s_ratings);
        Assert.Equal(expected.Keys, store.Keys);
        Assert.All(expected.Keys, key => Assert.Equal(expected[key], store[key]));
    }

    [Fact]
    public async Task Write_CancelledAtAnyFile_LeavesNothing()
    {
        for (int cancelAt = 1; cancelAt <= 10; cancelAt++)
        {
            using var store = new MemoryObjectStore();
            using var source = new CancellationTokenSource();
            int written = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DatasetWriter(store, Datasets.Options).WriteAsync(
                s_ratings, titles: null, new CancelAt(() => Interlocked.Increment(ref written) == cancelAt, source), source.Token));
            Assert.Empty(store.Keys);
        }
    }

    private static async Task<int> CountWritesAsync(MemoryObjectStore store)
    {
        using var counting = new FaultyObjectStore(store);
        await new DatasetWriter(counting, Datasets.Options).WriteAsync(s_ratings);
        return counting.Writes;
    }

    private static async Task FailAsync(MemoryObjectStore store, int failAt, Fault fault)
    {
        var faulty = new FaultyObjectStore(store, failAt, fault);
        await Assert.ThrowsAsync<StorageException>(() => new DatasetWriter(faulty, Datasets.Options).WriteAsync(s_ratings));
    }

    // A data set that opens must also be whole.
    private static async Task<bool> IsReadableAsync(MemoryObjectStore store)
    {
        try
        {
            await DatasetReader.OpenAsync(store);
        }
        catch (DatasetException)
        {
            return false;
        }

        await Datasets.ReadAllAsync(store);
        return true;
    }

    private sealed class CancelAt(Func<bool> due, CancellationTokenSource source) : IProgress<WriteProgress>
    {
        public void Report(WriteProgress value)
        {
            if (due())
            {
                source.Cancel();
            }
        }
    }
}
