using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>One S3 server for all tests that need it. They run one after the other, as they share the process's environment.</summary>
/// <param name="start">Starts it; is told whom to give the reason why there is none.</param>
public abstract class S3ServerFixture(Func<Action<string>, Task<S3TestServer?>> start) : IAsyncLifetime
{
    private string _reason = "";
    private S3TestServer? _server;
    private int _locations;

    /// <summary>For tests that bring a server of their own.</summary>
    public static void SetCredentials()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", S3TestServer.Credential);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", S3TestServer.Credential);
    }

    public async ValueTask InitializeAsync()
    {
        _server = await start(reason => _reason = reason);
        if (_server is null)
            Console.WriteLine(_reason);
        else
            await _server.CreateBucketAsync("aotrec-tests");
    }

    /// <summary>The server, at which the process's environment points from now on; skips the test where there is none.</summary>
    public S3TestServer Require()
    {
        Assert.SkipWhen(_server is null, _reason);
        _server.UseInThisProcess();
        return _server;
    }

    public string NewLocation()
    {
        Require();
        return $"s3://aotrec-tests/place {Interlocked.Increment(ref _locations)}";
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
