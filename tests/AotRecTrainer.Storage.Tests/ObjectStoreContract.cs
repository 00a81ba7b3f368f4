using System.Collections.Concurrent;
using System.Text;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>What every store promises, written once. The tests that derive say where the store is.</summary>
public abstract partial class ObjectStoreContract
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("0123456789");

    /// <summary>Overwrites in the test of concurrent readers; fewer where each is a network request.</summary>
    protected abstract int Overwrites { get; }

    /// <summary>
    /// Requests that may come on top of those asked for, in a test of many: a real server that many write to at once breaks a connection now and
    /// then, and the request is sent again. Without it where no network lies between; that each is counted is shown by a scripted server.
    /// </summary>
    protected virtual int Repetitions => 20;

    public static TheoryData<string> HostileKeys => new(
        "",
        "/",
        "/etc/passwd",
        "..",
        "../outside",
        "a/../../outside",
        "a/..",
        ".",
        "./a",
        "a//b",
        "a/",
        "a\\..\\b",
        "a\0b",
        "a\nb",
        "a\u007fb",
        "a\u0085b",
        "lone\ud800surrogate",
        ".aotrec-lock",
        "a/.AOTREC-x",
        new string('x', 256),
        string.Join('/', Enumerable.Repeat(new string('x', 200), 6)));

    public static TheoryData<string> UnusualKeys => new(
        "plain",
        ".hidden",
        "..a/b..",
        "...",
        "with space/and  two",
        "a+b&c=d;e@f,g!h'i(j)k*l~m$n",
        "percent%20not-decoded/%2e%2e/%",
        "question?mark#hash",
        "colon:and|pipe<angle>\"quote\"",
        "données/фильм/日本語",
        "decomposed e\u0301",
        "emoji/😀.bin",
        new string('é', 127),
        "s3://looks/like".Replace("//", "/", StringComparison.Ordinal));

    /// <summary>An empty place of its own. Skips the test where there is none.</summary>
    protected abstract string NewLocation();

    /// <summary>Skips a test where the server is known not to do as S3 does.</summary>
    /// <param name="what">What the test needs of it.</param>
    protected virtual void RequireServerThatHas(string what)
    {
    }

    [Fact]
    public async Task Get_MissingKey_IsNullEverywhere()
    {
        using IObjectStore store = Open();
        Assert.Null(await store.GetAsync("a/missing"));
        Assert.Null(await store.GetRangeAsync("a/missing", 0, 5));
        Assert.Null(await store.GetRangeAsync("a/missing", 0, 0));
        Assert.Null(await store.GetLengthAsync("a/missing"));
    }

    [Fact]
    public async Task Get_PrefixOfAKey_IsNull()
    {
        using IObjectStore store = Open();
        await store.PutAsync("a/b/c", Content);
        Assert.Null(await store.GetAsync("a/b"));
        Assert.Null(await store.GetLengthAsync("a"));
        Assert.Null(await store.GetAsync("a/b/c/d"));
    }

    [Fact]
    public async Task Put_NewKey_ReadsBackFromAnotherInstance()
    {
        string location = NewLocation();
        using IObjectStore writer = ObjectStores.Open(location);
        await writer.PutAsync("a/b/c", Content);
        using IObjectStore reader = ObjectStores.Open(writer.Location.AbsoluteUri);
        Assert.Equal(writer.Location, reader.Location);
        AssertBytes(Content, await reader.GetAsync("a/b/c"));
        Assert.Equal(10, await reader.GetLengthAsync("a/b/c"));
    }

    [Fact]
    public async Task Put_SameKeyTwice_LastContentWins()
    {
        using IObjectStore store = Open();
        await store.PutAsync("k", new byte[100]);
        await store.PutAsync("k", Content);
        AssertBytes(Content, await store.GetAsync("k"));
        Assert.Equal(["k"], await ListAsync(store, ""));
    }

    [Fact]
    public async Task CopyTo_PresentAndMissing_AppendsTheContentOrNothing()
    {
        using IObjectStore store = Open();
        await store.PutAsync("k", Content);
        await store.PutAsync("empty", ReadOnlyMemory<byte>.Empty);
        using MemoryStream target = new();
        target.WriteByte((byte)'x');
        Assert.True(await store.CopyToAsync("k", target));
        Assert.True(await store.CopyToAsync("empty", target));
        Assert.False(await store.CopyToAsync("missing", target));
        AssertBytes("x0123456789"u8.ToArray(), target.ToArray());
        Assert.Equal(3, store.Requests.Get);
    }

    [Fact]
    public async Task Put_PartOfALargerArray_WritesThatPart()
    {
        using IObjectStore store = Open();
        await store.PutAsync("k", Content.AsMemory(3, 4));
        AssertBytes("3456"u8.ToArray(), await store.GetAsync("k"));
    }

    [Fact]
    public async Task Put_RandomMegabytes_ReadBackExactly()
    {
        const int Seed = 20260701;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        byte[] content = new byte[(5 << 20) + 17];
        new Random(Seed).NextBytes(content);
        using IObjectStore store = Open();
        await store.PutAsync("large", content);
        Assert.Equal(content.LongLength, await store.GetLengthAsync("large"));
        byte[]? whole = await store.GetAsync("large");
        byte[]? part = await store.GetRangeAsync("large", 1_000_003, 70_001);
        Assert.True(content.AsSpan().SequenceEqual(whole));
        Assert.True(content.AsSpan(1_000_003, 70_001).SequenceEqual(part));
    }

    [Fact]
    public async Task Put_LargeEnoughForParts_ReadsBackExactlyAndByRanges()
    {
        const int Seed = 20261125;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        byte[] content = new byte[(17 << 20) + 3];
        new Random(Seed).NextBytes(content);
        using IObjectStore store = Open();
        await store.PutAsync("large", content.AsMemory(1, content.Length - 1));
        byte[] expected = content[1..];
        Assert.Equal(expected.LongLength, await store.GetLengthAsync("large"));
        AssertSame(expected, await store.GetAsync("large"));
        foreach ((int offset, int length) in new[] { (1, expected.Length - 1), ((8 << 20) - 2, 4), (expected.Length - 5, 100), (5, 16 << 20) })
        {
            byte[]? range = await store.GetRangeAsync("large", offset, length);
            AssertSame(expected[offset..Math.Min(offset + length, expected.Length)], range);
        }

        StoredObject found = await VersionedAsync(store, "large");
        AssertSame(expected, found.Content);
        await store.PutAsync("large", Content);
        AssertBytes(Content, await store.GetAsync("large"));
        Assert.Equal(["large"], await ListAsync(store, ""));
    }

    [Fact]
    public async Task EmptyObject_IsThereAndEmpty()
    {
        RequireServerThatHas("empty objects");
        using IObjectStore store = Open();
        await store.PutAsync("empty", ReadOnlyMemory<byte>.Empty);
        AssertBytes([], await store.GetAsync("empty"));
        Assert.Equal(0, await store.GetLengthAsync("empty"));
        AssertBytes([], await store.GetRangeAsync("empty", 0, 10));
        AssertBytes([], await store.GetRangeAsync("empty", 0, 0));
        Assert.Equal(["empty"], await ListAsync(store, ""));
    }

    [Theory]
    [InlineData(0, 10, "0123456789")]
    [InlineData(0, 1, "0")]
    [InlineData(3, 4, "3456")]
    [InlineData(9, 1, "9")]
    [InlineData(3, 0, "")]
    [InlineData(8, 100, "89")]
    [InlineData(0, int.MaxValue, "0123456789")]
    [InlineData(10, 1, "")]
    [InlineData(11, 5, "")]
    [InlineData(5_000_000_000, 5, "")]
    [InlineData(long.MaxValue, int.MaxValue, "")]
    public async Task GetRange_WithinAndBeyondTheEnd_IsWhatThereIs(long offset, int length, string expected)
    {
        RequireServerThatHas("ranges of the first byte and beyond the end");
        using IObjectStore store = Open();
        await store.PutAsync("k", Content);
        byte[]? range = await store.GetRangeAsync("k", offset, length);
        Assert.Equal(expected, Encoding.UTF8.GetString(Assert.IsType<byte[]>(range)));
    }

    [Fact]
    public async Task GetRange_NegativeNumbers_AreRefused()
    {
        using IObjectStore store = Open();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.GetRangeAsync("k", -1, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.GetRangeAsync("k", 0, -1));
        Assert.Equal(default, store.Requests);
    }

    [Fact]
    public async Task TryCreate_FreshAndTakenKey_TrueThenFalseAndUntouched()
    {
        RequireServerThatHas("writes with If-None-Match");
        using IObjectStore store = Open();
        Assert.True(await store.TryCreateAsync("a/lease", Content));
        Assert.False(await store.TryCreateAsync("a/lease", new byte[3]));
        AssertBytes(Content, await store.GetAsync("a/lease"));
        await store.DeleteAsync("a/lease");
        Assert.True(await store.TryCreateAsync("a/lease", ReadOnlyMemory<byte>.Empty));
        Assert.False(await store.TryCreateAsync("a/lease", Content));
        await store.PutAsync("a/lease", Content);
        AssertBytes(Content, await store.GetAsync("a/lease"));
        Assert.Equal(["a/lease"], await ListAsync(store, ""));
    }

    [Fact]
    public async Task TryCreate_TwentyAtOnce_ExactlyOneWins()
    {
        RequireServerThatHas("writes with If-None-Match");
        string location = NewLocation();
        IObjectStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => ObjectStores.Open(location))];
        try
        {
            for (int round = 0; round < 25; round++)
            {
                string key = $"race/{round}";
                bool[] won = await RaceAsync(20, i => stores[i % stores.Length].TryCreateAsync(key, new byte[] { (byte)i }));
                int winner = Assert.Single(Enumerable.Range(0, won.Length), i => won[i]);
                AssertBytes([(byte)winner], await stores[0].GetAsync(key));
            }
        }
        finally
        {
            foreach (IObjectStore store in stores)
                store.Dispose();
        }
    }

    [Fact]
    public async Task Delete_PresentAndMissing_BothLeaveNothing()
    {
        using IObjectStore store = Open();
        await store.PutAsync("a/b", Content);
        await store.PutAsync("a/c", Content);
        await store.DeleteAsync("a/b");
        await store.DeleteAsync("a/b");
        await store.DeleteAsync("never/there");
        await store.DeleteAsync("a");
        Assert.Null(await store.GetAsync("a/b"));
        Assert.Equal(["a/c"], await ListAsync(store, ""));
    }

    [Fact]
    public async Task List_Prefixes_MatchNamesNotDirectories()
    {
        using IObjectStore store = Open();
        foreach (string key in new[] { "a/b/1", "a/b/2", "a/bc", "a/c", "ab", "b", "a-b" })
            await store.PutAsync(key, Content);
        Assert.Equal(["a-b", "a/b/1", "a/b/2", "a/bc", "a/c", "ab", "b"], await ListAsync(store, ""));
        Assert.Equal(["a-b", "a/b/1", "a/b/2", "a/bc", "a/c", "ab"], await ListAsync(store, "a"));
        Assert.Equal(["a/b/1", "a/b/2", "a/bc", "a/c"], await ListAsync(store, "a/"));
        Assert.Equal(["a/b/1", "a/b/2", "a/bc"], await ListAsync(store, "a/b"));
        Assert.Equal(["a/b/1", "a/b/2"], await ListAsync(store, "a/b/"));
        Assert.Equal(["a/b/2"], await ListAsync(store, "a/b/2"));
        Assert.Empty(await ListAsync(store, "a/b/2/"));
        Assert.Empty(await ListAsync(store, "A"));
        Assert.Empty(await ListAsync(store, "nothing/here/"));
        Assert.Empty(await ListAsync(store, "a/.."));
        Assert.Empty(await ListAsync(store, ".."));
        await store.PutAsync("a/..x", Content);
        Assert.Equal(["a/..x"], await ListAsync(store, "a/.."));
    }

    [Fact]
    public async Task List_EmptyStore_IsEmpty()
    {
        using IObjectStore store = Open();
        Assert.Empty(await ListAsync(store, ""));
    }

    [Fact]
    public async Task List_MoreThanAPageOfKeys_AllOnceInOrdinalOrder()
    {
        RequireServerThatHas("second pages of keys");
        using IObjectStore store = Open();
        string[] keys = [.. Enumerable.Range(0, 1205).Select(i => $"many/{i % 7}/{i}"), "other", "many-not"];
        await Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (key, ct) => await store.PutAsync(key, Content, ct));
        string[] expected = [.. keys.Where(key => key.StartsWith("many/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, await ListAsync(store, "many/"));
        Assert.InRange(store.Requests.Put, keys.Length, keys.Length + Repetitions);
    }

    [Fact]
    public async Task List_BeyondTheBasicPlane_OrdinalNotByBytes()
    {
        RequireServerThatHas("keys beyond ASCII");
        // U+1F600 sorts after U+FFFD by bytes of UTF-8, before it by UTF-16 units.
        using IObjectStore store = Open();
        await store.PutAsync("\ufffd", Content);
        await store.PutAsync("\U0001f600", Content);
        Assert.Equal(["\U0001f600", "\ufffd"], await ListAsync(store, ""));
    }

    [Fact]
    public async Task SiblingLocation_SharesNoKeys()
    {
        string location = NewLocation();
        using IObjectStore one = ObjectStores.Open(location + "/run");
        using IObjectStore other = ObjectStores.Open(location + "/run-2");
        await other.PutAsync("k", Content);
        Assert.Empty(await ListAsync(one, ""));
        Assert.Null(await one.GetAsync("k"));
        using IObjectStore both = ObjectStores.Open(location);
        Assert.Equal(["run-2/k"], await ListAsync(both, ""));
    }

    [Theory]
    [MemberData(nameof(UnusualKeys))]
    public async Task UnusualKey_WritesListsReadsAndDeletes(string key)
    {
        RequireServerThatHas("keys beyond letters and digits");
        using IObjectStore store = Open();
        await store.PutAsync(key, Content);
        Assert.Equal([key], await ListAsync(store, ""));
        Assert.Equal([key], await ListAsync(store, key));
        AssertBytes(Content, await store.GetAsync(key));
        Assert.Equal(10, await store.GetLengthAsync(key));
        AssertBytes("34"u8.ToArray(), await store.GetRangeAsync(key, 3, 2));
        await store.DeleteAsync(key);
        Assert.Null(await store.GetAsync(key));
    }

    [Theory]
    [MemberData(nameof(UnusualKeys))]
    public async Task UnusualLocation_KeepsItsName(string prefix)
    {
        RequireServerThatHas("keys beyond letters and digits");
        string location = NewLocation() + "/" + string.Join('/', prefix.Split('/').Select(Uri.EscapeDataString));
        using IObjectStore store = ObjectStores.Open(location);
        await store.PutAsync("k", Content);
        Assert.Equal(["k"], await ListAsync(store, ""));
        using IObjectStore again = ObjectStores.Open(store.Location.AbsoluteUri);
        AssertBytes(Content, await again.GetAsync("k"));
    }

    [Theory]
    [MemberData(nameof(HostileKeys))]
    public async Task HostileKey_IsRefusedByEveryOperation(string key)
    {
        using IObjectStore store = Open();
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.GetAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.GetRangeAsync(key, 0, 1));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.GetLengthAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.PutAsync(key, Content));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.TryCreateAsync(key, Content));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.GetVersionedAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.TryReplaceAsync(key, "v", Content));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.DeleteAsync(key));
        Assert.Equal(default, store.Requests);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("a/../")]
    [InlineData("a//")]
    [InlineData("a\0")]
    public async Task HostilePrefix_IsRefused(string prefix)
    {
        using IObjectStore store = Open();
        await Assert.ThrowsAsync<ArgumentException>(async () => await ListAsync(store, prefix));
    }

    [Fact]
    public async Task Overwrite_UnderConcurrentReaders_NeverTornNorMissing()
    {
        RequireServerThatHas("overwrites at one stroke");
        const int Size = 100_000;
        using IObjectStore store = Open();
        await store.PutAsync("k", Filled(0, Size));
        using CancellationTokenSource end = new();
        ConcurrentBag<string> faults = [];
        int reads = 0;
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                byte[]? seen = await store.GetAsync("k");
                if (seen is null || seen.Length != Size || seen.AsSpan().ContainsAnyExcept(seen[0]))
                    faults.Add(seen is null ? "missing" : $"torn, {seen.Length} bytes");
                Interlocked.Increment(ref reads);
            }
        }))];
        for (int i = 1; i <= Overwrites; i++)
            await store.PutAsync("k", Filled((byte)i, Size));
        await end.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Empty(faults);
        Assert.True(reads > 0);
        AssertBytes(Filled((byte)Overwrites, Size), await store.GetAsync("k"));
    }

    [Fact]
    public async Task Requests_OneOfEach_AreCounted()
    {
        RequireServerThatHas("writes with If-None-Match and If-Match");
        using IObjectStore store = Open();
        Assert.Equal(new RequestCounts(0, 0, 0, 0), store.Requests);
        await store.PutAsync("k", Content);
        Assert.True(await store.TryCreateAsync("l", Content));
        Assert.False(await store.TryCreateAsync("l", Content));
        StoredObject found = (await store.GetVersionedAsync("l"))!.Value;
        Assert.True(await store.TryReplaceAsync("l", found.Version, new byte[3]));
        Assert.False(await store.TryReplaceAsync("l", found.Version, new byte[4]));
        await store.GetAsync("k");
        await store.GetAsync("missing");
        await store.GetRangeAsync("k", 0, 1);
        await store.GetLengthAsync("k");
        await ListAsync(store, "");
        await store.DeleteAsync("k");
        await store.DeleteAsync("k");
        Assert.Equal(new RequestCounts(Put: 5, Get: 5, List: 1, Delete: 2), store.Requests);
    }

    [Fact]
    public async Task Requests_FromManyThreads_NoneIsLost()
    {
        using IObjectStore store = Open();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (_, ct) => await store.GetLengthAsync("missing", ct));
        Assert.InRange(store.Requests.Get, 200, 200 + Repetitions);
    }

    [Fact]
    public async Task CancelledToken_EndsEveryOperationAndWritesNothing()
    {
        using IObjectStore store = Open();
        CancellationToken ct = new(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.GetAsync("k", ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.GetRangeAsync("k", 0, 1, ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.GetLengthAsync("k", ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.PutAsync("k", Content, ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.TryCreateAsync("k", Content, ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.GetVersionedAsync("k", ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.TryReplaceAsync("k", "v", Content, ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.DeleteAsync("k", ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ListAsync("", ct).GetAsyncEnumerator(ct).MoveNextAsync());
        Assert.Empty(await ListAsync(store, ""));
    }

    [Fact]
    public async Task DisposedStore_RefusesEveryOperation()
    {
        IObjectStore store = Open();
        await store.PutAsync("k", Content);
        store.Dispose();
        store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetAsync("k"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetLengthAsync("k"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.PutAsync("k", Content));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.TryCreateAsync("k", Content));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetVersionedAsync("k"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.TryReplaceAsync("k", "v", Content));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.DeleteAsync("k"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ListAsync(store, ""));
    }

    protected static async Task<List<string>> ListAsync(IObjectStore store, string prefix)
    {
        List<string> keys = [];
        await foreach (string key in store.ListAsync(prefix))
            keys.Add(key);
        return keys;
    }

    protected static void AssertBytes(byte[] expected, byte[]? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected, actual);
    }

    // Without the megabytes in the message.
    private static void AssertSame(byte[] expected, byte[]? actual) => Assert.True(expected.AsSpan().SequenceEqual(actual));

    protected IObjectStore Open() => ObjectStores.Open(NewLocation());

    // All on threads of their own, let go at the same moment.
    private static async Task<bool[]> RaceAsync(int callers, Func<int, ValueTask<bool>> call)
    {
        using Barrier barrier = new(callers);
        return await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return call(caller).AsTask();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    private static byte[] Filled(byte value, int length)
    {
        byte[] content = new byte[length];
        Array.Fill(content, value);
        return content;
    }
}
