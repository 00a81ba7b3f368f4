using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using AotRecTrainer.Storage.S3;
using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>The rules of repetition, in virtual time.</summary>
public sealed class RetryingSenderTests
{
    private static readonly Uri Store = new("s3://bucket/p");
    private readonly VirtualTime _time = new();
    private readonly RetryLimits _limits = new();
    private readonly List<bool> _maybeDone = [];

    public static TheoryData<int, string> Passing => new()
    {
        { 500, "InternalError" }, { 502, "" }, { 503, "SlowDown" }, { 503, "ServiceUnavailable" }, { 504, "" }, { 429, "TooManyRequests" },
        { 409, "ConditionalRequestConflict" }, { 400, "RequestTimeout" }, { 200, "InternalError" },
    };

    public static TheoryData<int, string> Lasting => new()
    {
        { 400, "InvalidArgument" }, { 401, "" }, { 403, "AccessDenied" }, { 404, "NoSuchBucket" }, { 405, "MethodNotAllowed" }, { 412, "PreconditionFailed" },
        { 501, "NotImplemented" }, { 301, "PermanentRedirect" },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public void Send_ErrorThatPasses_IsRepeatedAfterGrowingWaits(int status, string code)
    {
        Assert.Equal(3, Send(number => number < 3 ? throw Error(status, code) : number));
        Assert.Equal(TimeSpan.FromMilliseconds(100 + 200), _time.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public void Send_ErrorThatStays_IsNotRepeated(int status, string code)
    {
        int attempts = 0;
        StorageException e = Assert.Throws<StorageException>(() => Send(number =>
        {
            attempts = number;
            throw Error(status, code);
        }));
        Assert.Equal(1, attempts);
        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
        Assert.DoesNotContain("attempt", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Send_BrokenConnections_AreRepeatedAndMayHaveBeenCarriedOut()
    {
        Exception[] broken =
        [
            new HttpRequestException("refused"), new IOException("cut off"), new TaskCanceledException("client's own limit"), new TimeoutException(),
            new AmazonServiceException("wrapped", new IOException("reset")),
        ];
        Assert.Equal(6, Send(number => number <= broken.Length ? throw broken[number - 1] : number));
        Assert.Equal([false, true, true, true, true, true], _maybeDone);
    }

    [Fact]
    public void Send_Refusals_WereCertainlyNotCarriedOut()
    {
        Send(number => number switch { 1 => throw Error(503, "SlowDown"), 2 => throw Error(409, ""), 3 => throw Error(429, ""), _ => 0 });
        Assert.Equal([false, false, false, false], _maybeDone);
    }

    [Fact]
    public void Send_ErrorOfSettings_IsNotRepeated()
    {
        StorageException e = Assert.Throws<StorageException>(() => Send(_ => throw new AmazonClientException("Failed to resolve AWS credentials", new HttpRequestException())));
        Assert.Contains("no AWS credentials were found", e.Message, StringComparison.Ordinal);
        Assert.Single(_maybeDone);
    }

    [Fact]
    public void Send_ErrorThatNeverPasses_EndsAfterTenAttemptsAndSaysSo()
    {
        StorageException e = Assert.Throws<StorageException>(() => Send(_ => throw Error(503, "SlowDown")));
        Assert.Equal(10, _maybeDone.Count);
        Assert.Equal("get 'k' in s3://bucket/p: 503 SlowDown: planned (10 attempts in 21.3 s)", e.Message);
        Assert.Equal(TimeSpan.FromSeconds(0.1 + 0.2 + 0.4 + 0.8 + 1.6 + 3.2 + 5 + 5 + 5), _time.Elapsed);
    }

    [Fact]
    public void Send_NoAnswers_EachAttemptEndsAndTheTotalTimeToo()
    {
        StorageException e = Assert.Throws<StorageException>(() => SendAsync(async attempt => await Never(attempt)));
        Assert.InRange(_time.Elapsed, TimeSpan.FromSeconds(50), _limits.TotalTime);
        Assert.InRange(_maybeDone.Count, 8, 10);
        Assert.Contains("no answer within", e.Message, StringComparison.Ordinal);
        Assert.Equal([false, .. Enumerable.Repeat(true, _maybeDone.Count - 1)], _maybeDone);
    }

    [Fact]
    public void Send_NoAnswerAtFirst_IsRepeatedAfterFiveSeconds()
    {
        Assert.Equal(2, SendAsync(async attempt => _maybeDone.Count == 1 ? await Never(attempt) : 2));
        Assert.Equal(TimeSpan.FromSeconds(5.1), _time.Elapsed);
    }

    [Fact]
    public void Send_ManyBytes_HaveTimeToGo()
    {
        Assert.Equal(1, SendAsync(async attempt => await Slowly(attempt, 60, 1), bytes: 8 << 20));
        Assert.Equal(TimeSpan.FromSeconds(60), _time.Elapsed);
    }

    [Fact]
    public void Receive_ManyBytes_HaveTimeToCome()
    {
        Assert.Equal(1, SendAsync(async attempt =>
        {
            await Slowly(attempt, 4, 0);
            attempt.Receive(8 << 20);
            return await Slowly(attempt, 60, 1);
        }));
        Assert.Single(_maybeDone);
    }

    [Fact]
    public void Send_CancelledByTheCaller_IsNoTroubleOfTheStore()
    {
        using CancellationTokenSource cancel = new(TimeSpan.FromSeconds(12), _time);
        Assert.ThrowsAny<OperationCanceledException>(() => SendAsync(async attempt => await Never(attempt), ct: cancel.Token));
        Assert.Equal(TimeSpan.FromSeconds(12), _time.Elapsed);
        Assert.Equal(3, _maybeDone.Count);
    }

    [Fact]
    public void Send_CancelledInAWait_EndsThere()
    {
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(250), _time);
        Assert.ThrowsAny<OperationCanceledException>(() => Send(_ => throw Error(500, ""), ct: cancel.Token));
        Assert.Equal(TimeSpan.FromMilliseconds(250), _time.Elapsed);
        Assert.Equal(2, _maybeDone.Count);
    }

    [Fact]
    public void Send_Jitter_TakesARandomPartOfEveryWait()
    {
        Queue<double> parts = new([0.5, 0, 0.25]);
        Send(number => number <= 3 ? throw Error(500, "") : 0, parts.Dequeue);
        Assert.Equal(TimeSpan.FromMilliseconds((0.5 * 100) + 0 + (0.25 * 400)), _time.Elapsed);
    }

    private static AmazonS3Exception Error(int status, string code) => new("planned", null, ErrorType.Unknown, code, "id", (HttpStatusCode)status);

    private static Task<int> Never(Attempt attempt) => Task.Delay(Timeout.Infinite, attempt.Token).ContinueWith(_ => 0, attempt.Token);

    private async Task<int> Slowly(Attempt attempt, int seconds, int result)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), _time, attempt.Token);
        return result;
    }

    private int Send(Func<int, int> answer, Func<double>? random = null, CancellationToken ct = default) =>
        SendAsync(_ => ValueTask.FromResult(answer(_maybeDone.Count)), random, ct: ct);

    private int SendAsync(Func<Attempt, ValueTask<int>> send, Func<double>? random = null, long bytes = 0, CancellationToken ct = default)
    {
        RetryingSender sender = new(Store, _limits, _time, random ?? (() => 1));
        return _time.Run(() => sender.SendAsync(
            "get",
            "k",
            bytes,
            attempt =>
            {
                _maybeDone.Add(attempt.MaybeDone);
                return send(attempt);
            },
            ct).AsTask());
    }
}
