using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>One S3 server for all tests that need one. They run one after the other, as they share the process's environment.</summary>
public sealed class S3ServerFixture : IAsyncLifetime
{
    private string _reason = "";
    private S3TestServer? _server;
    private int _locations;

    public async ValueTask InitializeAsync()
    {
        _server = await S3TestServer.TryStartAsync(reason => _reason = reason);
        if (_server is null)
        {
            Console.WriteLine(_reason);
            return;
        }

        _server.UseInThisProcess();
        await _server.CreateBucketAsync("aotrec-tests");
    }

    /// <summary>The server; skips the test where there is none.</summary>
    public S3TestServer Require()
    {
        Assert.SkipWhen(_server is null, _reason);
        return _server;
    }

    /// <summary>For tests that bring a server of their own.</summary>
    public static void SetCredentials()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", S3TestServer.Credential);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", S3TestServer.Credential);
    }

    public string NewLocation()
    {
        Require();
        return $"s3://aotrec-tests/place {Interlocked.Increment(ref _locations)}";
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
