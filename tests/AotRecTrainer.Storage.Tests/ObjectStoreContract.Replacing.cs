using System.Globalization;
using System.Text;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <content>Compare-and-swap.</content>
public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task GetVersioned_MissingKey_IsNull()
    {
        using IObjectStore store = Open();
        Assert.Null(await store.GetVersionedAsync("a/missing"));
    }

    [Fact]
    public async Task GetVersioned_UnchangedObject_SameVersionForEveryReader()
    {
        string location = NewLocation();
        using IObjectStore store = ObjectStores.Open(location);
        await store.PutAsync("k", Content);
        StoredObject first = await VersionedAsync(store, "k");
        AssertBytes(Content, first.Content);
        Assert.NotEmpty(first.Version);
        using IObjectStore other = ObjectStores.Open(location);
        Assert.Equal(first.Version, (await VersionedAsync(other, "k")).Version);
        await store.PutAsync("k", new byte[3]);
        Assert.NotEqual(first.Version, (await VersionedAsync(other, "k")).Version);
    }

    [Fact]
    public async Task TryReplace_CurrentThenStaleVersion_TrueThenFalseAndUntouched()
    {
        RequireReplacing();
        using IObjectStore store = Open();
        await store.PutAsync("a/lease", Content);
        StoredObject first = await VersionedAsync(store, "a/lease");
        Assert.True(await store.TryReplaceAsync("a/lease", first.Version, "second"u8.ToArray()));
        Assert.False(await store.TryReplaceAsync("a/lease", first.Version, "third"u8.ToArray()));
        StoredObject second = await VersionedAsync(store, "a/lease");
        AssertBytes("second"u8.ToArray(), second.Content);
        Assert.True(await store.TryReplaceAsync("a/lease", second.Version, ReadOnlyMemory<byte>.Empty));
        StoredObject empty = await VersionedAsync(store, "a/lease");
        Assert.Empty(empty.Content);
        Assert.True(await store.TryReplaceAsync("a/lease", empty.Version, Content));
        AssertBytes(Content, await store.GetAsync("a/lease"));
        Assert.Equal(["a/lease"], await ListAsync(store, ""));
    }

    [Fact]
    public async Task TryReplace_MissingOrDeletedObject_IsFalseAndLeavesNothing()
    {
        RequireReplacing();
        using IObjectStore store = Open();
        await store.PutAsync("k", Content);
        string version = (await VersionedAsync(store, "k")).Version;
        Assert.False(await store.TryReplaceAsync("never/there", version, Content));
        await store.DeleteAsync("k");
        Assert.False(await store.TryReplaceAsync("k", version, Content));
        Assert.Empty(await ListAsync(store, ""));
    }

    [Fact]
    public async Task TryReplace_EmptyVersion_IsRefused()
    {
        using IObjectStore store = Open();
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.TryReplaceAsync("k", "", Content));
        Assert.Equal(default, store.Requests);
    }

    [Fact]
    public async Task TryReplace_TwentyAtOnceWithOneVersion_ExactlyOneWins()
    {
        RequireReplacing();
        string location = NewLocation();
        using IObjectStore one = ObjectStores.Open(location);
        using IObjectStore other = ObjectStores.Open(location);
        await one.PutAsync("k", Content);
        for (int round = 0; round < 25; round++)
        {
            string version = (await VersionedAsync(one, "k")).Version;
            bool[] won = await RaceAsync(20, i => (i % 2 == 0 ? one : other).TryReplaceAsync("k", version, new byte[] { (byte)round, (byte)i }));
            int winner = Assert.Single(Enumerable.Range(0, won.Length), i => won[i]);
            AssertBytes([(byte)round, (byte)winner], await one.GetAsync("k"));
        }
    }

    [Fact]
    public async Task TryReplace_ConcurrentIncrements_NoneIsLost()
    {
        RequireReplacing();
        const int Callers = 6;
        const int Each = 12;
        using IObjectStore store = Open();
        await store.PutAsync("counter", "0"u8.ToArray());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => IncrementAsync(store, "counter", Each))));
        Assert.Equal($"{Callers * Each}", Encoding.ASCII.GetString((await store.GetAsync("counter"))!));
    }

    /// <summary>Adds one to a counter in a store, so many times, however often others come first.</summary>
    internal static async Task IncrementAsync(IObjectStore store, string key, int times)
    {
        for (int done = 0; done < times;)
        {
            StoredObject found = await VersionedAsync(store, key);
            int value = int.Parse(found.Content, CultureInfo.InvariantCulture);
            if (await store.TryReplaceAsync(key, found.Version, Encoding.ASCII.GetBytes($"{value + 1}")))
                done++;
        }
    }

    /// <summary>Skips tests where the server is known to write in spite of <c>If-Match</c>.</summary>
    protected virtual void RequireReplacing() => RequireFaithfulServer();

    private static async Task<StoredObject> VersionedAsync(IObjectStore store, string key) =>
        Assert.NotNull(await store.GetVersionedAsync(key));
}
