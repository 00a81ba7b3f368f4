using System.Diagnostics;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>The contract against a server that speaks S3's protocol, and what only S3 has.</summary>
[Collection(S3Tests.Name)]
public sealed class S3ObjectStoreTests(S3ServerFixture fixture) : ObjectStoreContract
{
    protected override int Overwrites => 40;

    protected override string NewLocation() => fixture.NewLocation();

    protected override void RequireFaithfulServer()
    {
        if (fixture.Require().IsFaithful)
            return;
        string reason = $"{fixture.Require().Name} is known not to do this as S3 does.";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Skip(reason);
    }

    [Fact]
    public async Task List_1205Keys_TakesTwoPages()
    {
        RequireFaithfulServer();
        using IObjectStore store = Open();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1205),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, ct) => await store.PutAsync($"{i}", ReadOnlyMemory<byte>.Empty, ct));
        Assert.Equal(1205, (await ListAsync(store, "")).Count);
        Assert.Equal(2, store.Requests.List);
    }

    [Fact]
    public async Task Bucket_WithoutPrefix_HoldsTheOthersPrefixesAsKeys()
    {
        string location = NewLocation();
        using IObjectStore store = ObjectStores.Open(location);
        await store.PutAsync("k", new byte[] { 1 });
        using IObjectStore bucket = ObjectStores.Open("s3://aotrec-tests");
        string key = location["s3://aotrec-tests/".Length..] + "/k";
        AssertBytes([1], await bucket.GetAsync(key));
        Assert.Equal([key], await ListAsync(bucket, key));
    }

    [Fact]
    public async Task Put_TransientKey_IsTaggedAndNoOtherIs()
    {
        RequireFaithfulServer();
        string location = NewLocation();
        using IObjectStore store = ObjectStores.Open(location, key => key.StartsWith("rounds/", StringComparison.Ordinal));
        await store.PutAsync("rounds/1", new byte[] { 1 });
        Assert.True(await store.TryCreateAsync("rounds/2", new byte[] { 2 }));
        await store.PutAsync("model", new byte[] { 3 });
        using AmazonS3Client client = new(new AmazonS3Config { ServiceURL = fixture.Require().Endpoint.AbsoluteUri, ForcePathStyle = true });
        string prefix = location["s3://aotrec-tests/".Length..];
        foreach ((string key, string[] expected) in ((string, string[])[])[("rounds/1", ["aotrec=transient"]), ("rounds/2", ["aotrec=transient"]), ("model", [])])
        {
            GetObjectTaggingResponse tagging = await client.GetObjectTaggingAsync(
                new GetObjectTaggingRequest { BucketName = "aotrec-tests", Key = $"{prefix}/{key}" });
            Assert.Equal(expected, (tagging.Tagging ?? []).Select(tag => $"{tag.Key}={tag.Value}"));
        }
    }

    [Fact]
    public async Task MissingBucket_IsAStorageException()
    {
        fixture.Require();
        using IObjectStore store = ObjectStores.Open("s3://aotrec-no-such-bucket/p");
        StorageException get = await Assert.ThrowsAsync<StorageException>(async () => await store.GetAsync("k"));
        Assert.Equal("get", get.Operation);
        Assert.Equal("k", get.Key);
        Assert.Equal(store.Location, get.Store);
        Assert.StartsWith("get 'k' in s3://aotrec-no-such-bucket/p: 404 NoSuchBucket", get.Message, StringComparison.Ordinal);
        StorageException put = await Assert.ThrowsAsync<StorageException>(async () => await store.PutAsync("k", new byte[1]));
        Assert.Equal("put", put.Operation);
        StorageException list = await Assert.ThrowsAsync<StorageException>(async () => await ListAsync(store, "x/"));
        Assert.Equal("list", list.Operation);
        Assert.Equal("x/", list.Key);
    }

    [Fact]
    public async Task KeyTooLongWithItsPrefix_IsRefused()
    {
        string prefix = string.Join('/', Enumerable.Repeat(new string('p', 200), 4));
        using S3ObjectStore store = new("aotrec-tests", prefix);
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.GetAsync($"{new string('k', 200)}/{new string('k', 200)}"));
    }

    [Fact]
    public void Open_NoServer_ContactsNobody()
    {
        long start = Stopwatch.GetTimestamp();
        using (IObjectStore store = ObjectStores.Open("s3://aotrec-nobody/p"))
            Assert.Equal("s3://aotrec-nobody/p", store.Location.AbsoluteUri);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("-dash")]
    [InlineData("dot.")]
    [InlineData("two..dots")]
    [InlineData("sixty-four-characters-are-one-more-than-a-bucket-name-may-have-x")]
    public void Constructor_NotABucketName_IsRefused(string bucket) =>
        Assert.Throws<ArgumentException>(() => new S3ObjectStore(bucket));

    [Theory]
    [InlineData("/")]
    [InlineData("a/")]
    [InlineData("../b")]
    public void Constructor_NotAPrefix_IsRefused(string prefix) =>
        Assert.Throws<ArgumentException>(() => new S3ObjectStore("aotrec-tests", prefix));
}
