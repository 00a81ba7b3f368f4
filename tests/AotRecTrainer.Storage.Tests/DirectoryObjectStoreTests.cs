using System.Runtime.Versioning;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>The contract against a directory, and what only a directory has.</summary>
public sealed class DirectoryObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private int _locations;

    protected override int Overwrites => 2_000;

    protected override int Repetitions => 0;

    public void Dispose() => _directory.Dispose();

    protected override string NewLocation() => $"file://{_directory.Path}/place{_locations++}";

    [Fact]
    public async Task Put_ManyAtOnce_LeavesNothingButTheObjects()
    {
        using DirectoryObjectStore store = new(_directory.Path);
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, ct) =>
        {
            await store.PutAsync($"a/{i % 5}/{i % 20}", new byte[100], ct);
            await store.TryCreateAsync($"a/{i % 5}/{i % 20}", new byte[100], ct);
            await store.TryCreateAsync($"b/{i % 20}", new byte[100], ct);
        });
        Assert.Equal(40, FilesBelowRoot().Count);
        Assert.Equal(40, (await ListAsync(store, "")).Count);
    }

    [Fact]
    public async Task Delete_TheLastObjectOfDirectories_RemovesThem()
    {
        using DirectoryObjectStore store = new(_directory.Path);
        await store.PutAsync("run/rounds/1/statistics/a", new byte[1]);
        await store.PutAsync("run/rounds/1/statistics/b", new byte[1]);
        await store.PutAsync("run/status", new byte[1]);
        await store.DeleteAsync("run/rounds/1/statistics/a");
        Assert.True(Directory.Exists(Path.Join(_directory.Path, "run", "rounds", "1", "statistics")));
        await store.DeleteAsync("run/rounds/1/statistics/b");
        Assert.False(Directory.Exists(Path.Join(_directory.Path, "run", "rounds")));
        await store.DeleteAsync("run/status");
        Assert.Empty(Directory.GetDirectories(_directory.Path));
        Assert.True(Directory.Exists(_directory.Path));
    }

    [Fact]
    public async Task Delete_WhileOthersPutAndListThere_LosesNothing()
    {
        using DirectoryObjectStore one = new(_directory.Path);
        using DirectoryObjectStore other = new(_directory.Path);
        using CancellationTokenSource done = new();
        Task listing = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await ListAsync(other, "a/");
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (writer, ct) =>
        {
            for (int i = 0; i < 300; i++)
            {
                string key = $"a/b/c/{writer}";
                await one.PutAsync(key, new byte[] { (byte)i }, ct);
                AssertBytes([(byte)i], await other.GetAsync(key, ct));
                await other.DeleteAsync(key, ct);
            }
        });
        await done.CancelAsync();
        await listing;
        Assert.Empty(Directory.GetDirectories(_directory.Path));
    }

    [Fact]
    public async Task List_TemporaryAndLockFiles_AreInvisible()
    {
        using DirectoryObjectStore store = new(_directory.Path);
        await store.PutAsync("a/k", new byte[1]);
        File.WriteAllText(Path.Join(_directory.Path, "a", ".aotrec-0123.tmp"), "left by a killed process");
        Assert.True(File.Exists(Path.Join(_directory.Path, ".aotrec-lock")));
        Assert.Equal(["a/k"], await ListAsync(store, ""));
        Assert.Equal(["a/k"], await ListAsync(store, "a/"));
        Assert.Empty(await ListAsync(store, "a/."));
    }

    [Fact]
    public async Task Put_BelowAnObject_SaysSoAndLeavesNothing()
    {
        using DirectoryObjectStore store = new(_directory.Path);
        await store.PutAsync("a", new byte[1]);
        StorageException put = await Assert.ThrowsAsync<StorageException>(async () => await store.PutAsync("a/b", new byte[1]));
        Assert.Equal($"put 'a/b' in {store.Location}: 'a' is an object itself, and a directory cannot hold one below it", put.Message);
        await Assert.ThrowsAsync<StorageException>(async () => await store.TryCreateAsync("a/b/c", new byte[1]));
        Assert.Equal(["a"], FilesBelowRoot());
    }

    [Fact]
    public async Task Put_WhereObjectsLieBelow_SaysSoAndLeavesNothing()
    {
        using DirectoryObjectStore store = new(_directory.Path);
        await store.PutAsync("a/b", new byte[1]);
        StorageException put = await Assert.ThrowsAsync<StorageException>(async () => await store.PutAsync("a", new byte[1]));
        Assert.Contains("other objects lie below", put.Message, StringComparison.Ordinal);
        Assert.False(await store.TryCreateAsync("a", new byte[1]));
        Assert.Equal(["a/b"], FilesBelowRoot());
    }

    [Fact]
    public async Task Root_Missing_ReadsAsEmptyAndIsNotCreatedByReading()
    {
        string root = Path.Join(_directory.Path, "not", "yet");
        using DirectoryObjectStore store = new(root);
        Assert.Null(await store.GetAsync("k"));
        Assert.Empty(await ListAsync(store, ""));
        await store.DeleteAsync("k");
        Assert.False(Directory.Exists(root));
        await store.PutAsync("k", new byte[1]);
        AssertBytes([0], await store.GetAsync("k"));
    }

    [Fact]
    public async Task Root_IsAFile_SaysSo()
    {
        string root = Path.Join(_directory.Path, "file");
        File.WriteAllText(root, "");
        using DirectoryObjectStore store = new(root);
        StorageException put = await Assert.ThrowsAsync<StorageException>(async () => await store.PutAsync("k", new byte[1]));
        Assert.Contains("is a file, expected a directory", put.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_CannotBeWritten_IsAStorageException()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        using DirectoryObjectStore store = new("/proc/aotrec-tests");
        StorageException put = await Assert.ThrowsAsync<StorageException>(async () => await store.PutAsync("a/k", new byte[1]));
        Assert.Equal("put", put.Operation);
        Assert.Equal("a/k", put.Key);
        Assert.Equal("file:///proc/aotrec-tests", put.Store.AbsoluteUri);
        Assert.NotNull(put.InnerException);
        StorageException create = await Assert.ThrowsAsync<StorageException>(async () => await store.TryCreateAsync("k", new byte[1]));
        Assert.Equal("create", create.Operation);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Directory_WithoutPermission_IsAStorageException()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs Unix permissions.");
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Permissions do not bind a privileged user.");
        using DirectoryObjectStore store = new(_directory.Path);
        await store.PutAsync("closed/k", new byte[1]);
        string closed = Path.Join(_directory.Path, "closed");
        UnixFileMode before = File.GetUnixFileMode(closed);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        try
        {
            await Assert.ThrowsAsync<StorageException>(async () => await store.PutAsync("closed/l", new byte[1]));
            await Assert.ThrowsAsync<StorageException>(async () => await ListAsync(store, ""));
        }
        finally
        {
            File.SetUnixFileMode(closed, before);
        }
    }

    [Fact]
    public async Task SymbolicLinks_AreNeitherFollowedNorListed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        using TemporaryDirectory outside = new();
        File.WriteAllText(Path.Join(outside.Path, "secret"), "secret");
        using DirectoryObjectStore store = new(_directory.Path);
        await store.PutAsync("k", new byte[1]);
        Directory.CreateSymbolicLink(Path.Join(_directory.Path, "dir"), outside.Path);
        File.CreateSymbolicLink(Path.Join(_directory.Path, "file"), Path.Join(outside.Path, "secret"));

        Assert.Equal(["k"], await ListAsync(store, ""));
        await Assert.ThrowsAsync<StorageException>(async () => await ListAsync(store, "dir/"));
        await Assert.ThrowsAsync<StorageException>(async () => await store.GetAsync("dir/secret"));
        await Assert.ThrowsAsync<StorageException>(async () => await store.GetAsync("file"));
        await Assert.ThrowsAsync<StorageException>(async () => await store.PutAsync("dir/new", new byte[1]));
        await Assert.ThrowsAsync<StorageException>(async () => await store.TryCreateAsync("dir/new", new byte[1]));
        await Assert.ThrowsAsync<StorageException>(async () => await store.DeleteAsync("dir/secret"));

        // A put replaces the link itself, never what it points at.
        await store.PutAsync("file", new byte[] { 7 });
        AssertBytes([7], await store.GetAsync("file"));
        Assert.Equal(["secret"], Directory.GetFileSystemEntries(outside.Path).Select(Path.GetFileName));
        Assert.Equal("secret", File.ReadAllText(Path.Join(outside.Path, "secret")));
    }

    [Fact]
    public async Task Root_IsASymbolicLink_IsFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        using TemporaryDirectory target = new();
        string root = Path.Join(_directory.Path, "link");
        Directory.CreateSymbolicLink(root, target.Path);
        using DirectoryObjectStore store = new(root);
        await store.PutAsync("a/k", new byte[1]);
        Assert.Equal(["a/k"], await ListAsync(store, ""));
        Assert.True(File.Exists(Path.Join(target.Path, "a", "k")));
    }

    [Fact]
    public async Task CreateAgainstPut_PutIsNeverOverwrittenByTheCreation()
    {
        // Whatever the order, the put's content is the last: a creation that comes after it finds the key taken.
        using DirectoryObjectStore one = new(_directory.Path);
        using DirectoryObjectStore other = new(_directory.Path);
        for (int round = 0; round < 300; round++)
        {
            string key = $"{round}";
            using Barrier barrier = new(2);
            Task put = Task.Run(async () =>
            {
                barrier.SignalAndWait();
                await one.PutAsync(key, new byte[] { 1 });
            });
            Task create = Task.Run(async () =>
            {
                barrier.SignalAndWait();
                await other.TryCreateAsync(key, new byte[] { 2 });
            });
            await Task.WhenAll(put, create);
            AssertBytes([1], await one.GetAsync(key));
        }
    }

    [Fact]
    public async Task Lock_HeldByAnother_IsWaitedForAndTheWaitCanBeCancelled()
    {
        using DirectoryObjectStore store = new(_directory.Path);
        await store.PutAsync("first", new byte[1]);
        Task<bool> waiting;
        using (new FileStream(Path.Join(_directory.Path, ".aotrec-lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            using CancellationTokenSource brief = new(TimeSpan.FromMilliseconds(100));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.PutAsync("second", new byte[1], brief.Token));
            Assert.Equal(["first"], FilesBelowRoot());
            waiting = store.TryCreateAsync("third", new byte[1]).AsTask();
            await Task.Delay(50);
            Assert.False(waiting.IsCompleted);
        }

        Assert.True(await waiting);
        Assert.Equal(["first", "third"], FilesBelowRoot());
    }

    // Everything on the disk but the lock file, temporary files included.
    private List<string> FilesBelowRoot()
    {
        EnumerationOptions everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return
        [
            .. Directory.EnumerateFiles(_directory.Path, "*", everything)
                .Select(path => Path.GetRelativePath(_directory.Path, path).Replace('\\', '/'))
                .Where(name => name != ".aotrec-lock")
                .Order(StringComparer.Ordinal),
        ];
    }
}
