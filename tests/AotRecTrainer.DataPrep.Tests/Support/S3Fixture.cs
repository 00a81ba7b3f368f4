using AotRecTrainer.Testing;

namespace AotRecTrainer.DataPrep.Tests.Support;

/// <summary>A server that speaks S3's protocol, with a bucket of its own for every test.</summary>
public sealed class S3Fixture : IAsyncLifetime
{
    private string _reason = "";
    private S3TestServer? _server;
    private int _buckets;

    public async ValueTask InitializeAsync()
    {
        _server = await S3TestServer.TryStartAsync(reason => _reason = reason);
        if (_server is { IsFaithful: false } other)
        {
            await other.DisposeAsync();
            (_server, _reason) = (null, $"{other.Name} does not do all that is needed of S3");
        }

        _server?.UseInThisProcess();
    }

    /// <summary>The location of a new bucket; skips the test where there is no server.</summary>
    public string Require()
    {
        Assert.SkipWhen(_server is null, _reason);
        string bucket = $"data-prep-{Interlocked.Increment(ref _buckets)}";
        _server.CreateBucketAsync(bucket).GetAwaiter().GetResult();
        return $"s3://{bucket}";
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
