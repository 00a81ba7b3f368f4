using AotRecTrainer.Storage.S3;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

public sealed class ObjectStoresTests
{
    [Theory]
    [InlineData("s3://bucket", "s3://bucket/")]
    [InlineData("s3://bucket/", "s3://bucket/")]
    [InlineData("S3://bucket/a/b", "s3://bucket/a/b")]
    [InlineData("s3://bucket/a/b/", "s3://bucket/a/b")]
    [InlineData("s3://my.bucket-1/a%20b", "s3://my.bucket-1/a%20b")]
    [InlineData("s3://bucket/a b", "s3://bucket/a%20b")]
    [InlineData("file:///tmp/aotrec", "file:///tmp/aotrec")]
    [InlineData("file:///tmp/aotrec/", "file:///tmp/aotrec")]
    [InlineData("file://localhost/tmp/aotrec", "file:///tmp/aotrec")]
    [InlineData("FILE:///tmp/a%23b", "file:///tmp/a%23b")]
    [InlineData("/tmp/a%23b", "file:///tmp/a%2523b")]
    [InlineData("/tmp/../tmp/x/", "file:///tmp/x")]
    public void Open_Location_IsReadAsItIsWritten(string location, string expected)
    {
        using IObjectStore store = ObjectStores.Open(location);
        Assert.Equal(expected, store.Location.AbsoluteUri);
        using IObjectStore again = ObjectStores.Open(store.Location.AbsoluteUri);
        Assert.Equal(expected, again.Location.AbsoluteUri);
        Assert.Equal(location.StartsWith("s3", StringComparison.OrdinalIgnoreCase), store is S3ObjectStore);
    }

    [Fact]
    public void Open_RelativePath_IsTakenFromTheCurrentDirectory()
    {
        using IObjectStore store = ObjectStores.Open("some/where");
        Assert.Equal(Path.Join(Environment.CurrentDirectory, "some", "where"), store.Location.LocalPath);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("gs://bucket/a", "scheme 'gs' is not known")]
    [InlineData("https://bucket.s3.amazonaws.com/a", "scheme 'https' is not known")]
    [InlineData("s3:bucket/a", "lacks '//'")]
    [InlineData("file:/tmp", "lacks '//'")]
    [InlineData("s3://", "not a bucket's name")]
    [InlineData("s3:///a", "not a bucket's name")]
    [InlineData("s3://Bucket/a", "not a bucket's name")]
    [InlineData("s3://bucket//a", "begins with '/'")]
    [InlineData("s3://bucket/a/../b", "has the part '..'")]
    [InlineData("s3://bucket/a%2F..%2Fb", "has the part '..'")]
    [InlineData("s3://bucket/a?versionId=1", "has a query or fragment")]
    [InlineData("file://host/share", "does not name an absolute directory")]
    [InlineData("file://relative", "does not name an absolute directory")]
    [InlineData("file:///tmp/a%00b", "holds a null character")]
    [InlineData("/tmp/a\0b", "holds a null character")]
    public void Open_AnythingElse_IsRefusedInOneLine(string location, string problem)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ObjectStores.Open(location));
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("expected s3://bucket/prefix, file:///dir", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.DoesNotContain("Parameter", refusal.Message, StringComparison.Ordinal);
    }
}
