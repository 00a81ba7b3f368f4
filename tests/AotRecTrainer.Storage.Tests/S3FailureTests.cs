using System.Text;
using AotRecTrainer.Storage.S3;
using AotRecTrainer.Storage.Tests.Scripted;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>The S3 store over a real connection to a server that fails as it is told. Not beside other tests of S3: the process's
/// environment says where S3 is.</summary>
[Collection(S3Tests.Name)]
public sealed class S3FailureTests
{
    private const string NoteHeader = "x-amz-meta-aotrec-write";

    private static readonly RetryLimits Quick = new()
    {
        FirstDelayMax = TimeSpan.FromMilliseconds(1),
        DelayMax = TimeSpan.FromMilliseconds(5),
        AttemptTime = TimeSpan.FromSeconds(30),
        AttemptsMax = 4,
    };

    [Fact]
    public async Task Get_InternalErrorThenSlowDownThenCutOff_IsReadInTheEndAndEveryRequestCounted()
    {
        await using ScriptedServer server = new((_, number) => number switch
        {
            1 => Answer.Error(500, "InternalError"),
            2 => Answer.Error(503, "SlowDown"),
            3 => Answer.Content("01234"u8.ToArray()) with { Length = 10 },
            _ => Answer.Content("0123456789"u8.ToArray()),
        });
        using S3ObjectStore store = Open();
        Assert.Equal("0123456789"u8.ToArray(), await store.GetAsync("k"));
        Assert.Equal(new RequestCounts(Put: 0, Get: 4, List: 0, Delete: 0), store.Requests);
    }

    [Fact]
    public async Task Get_ConnectionsReset_IsReadInTheEnd()
    {
        await using ScriptedServer server = new((_, number) => number <= 5 ? Answer.Reset : Answer.Content([7]));
        using S3ObjectStore store = Open();
        Assert.Equal([7], await store.GetAsync("k"));
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task Put_ConnectionsReset_IsSentAgainInTheOpen()
    {
        await using ScriptedServer server = new((_, number) => number <= 3 ? Answer.Reset : Answer.Ok(("ETag", "\"1\"")));
        using S3ObjectStore store = Open();
        await store.PutAsync("k", new byte[1]);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(4, store.Requests.Put);
        Assert.Equal(4, server.Requests.Select(request => request["amz-sdk-invocation-id"]).Distinct().Count());
    }

    [Fact]
    public async Task Create_Empty_ConnectionReset_IsSentAgainInTheOpen()
    {
        await using ScriptedServer server = new((_, number) => number == 1 ? Answer.Reset : Answer.Ok(("ETag", "\"1\"")));
        using S3ObjectStore store = Open();
        Assert.True(await store.TryCreateAsync("k", ReadOnlyMemory<byte>.Empty));
        Assert.Equal(2, store.Requests.Put);
    }

    [Fact]
    public async Task Get_NoAnswer_IsAskedAgain()
    {
        await using ScriptedServer server = new((_, number) => number == 1 ? Answer.Hang : Answer.Content([1]));
        using S3ObjectStore store = Open(Quick with { AttemptTime = TimeSpan.FromSeconds(1) });
        Assert.Equal([1], await store.GetAsync("k"));
        Assert.InRange(store.Requests.Get, 2, 4);
    }

    [Fact]
    public async Task Get_ForbiddenAsIsListing_IsNotRetried()
    {
        await using ScriptedServer server = new((_, _) => Answer.Error(403, "AccessDenied"));
        using S3ObjectStore store = Open();
        StorageException e = await Assert.ThrowsAsync<StorageException>(async () => await store.GetAsync("k"));
        Assert.Equal("get 'k' in s3://aotrec-tests/p: 403 AccessDenied: As planned.", e.Message);
        Assert.Equal(new RequestCounts(Put: 0, Get: 1, List: 1, Delete: 0), store.Requests);
    }

    /// <summary>As S3 answers those who may list prefixes of a bucket and not all of it.</summary>
    [Fact]
    public async Task Read_MissingAndForbidden_IsNullOnceTheListingLacksIt()
    {
        await using ScriptedServer server = new((request, _) =>
            request.Target.Contains("list-type=2", StringComparison.Ordinal) ? Page("p/k-longer", next: null) : Answer.Error(403, "AccessDenied"));
        using S3ObjectStore store = Open();
        Assert.Null(await store.GetAsync("k"));
        Assert.Null(await store.GetLengthAsync("k"));
        Assert.All(
            server.Requests.Where(request => request.Target.Contains("list-type=2", StringComparison.Ordinal)),
            request => Assert.Contains("prefix=p%2Fk", request.Target, StringComparison.Ordinal));
        Assert.Equal(new RequestCounts(Put: 0, Get: 2, List: 2, Delete: 0), store.Requests);
    }

    [Fact]
    public async Task Read_ForbiddenThoughListed_IsReadAgainAndThenFails()
    {
        await using ScriptedServer written = new((request, number) => number switch
        {
            1 => Answer.Error(403, "AccessDenied"),
            2 => Page("p/k", next: null),
            _ => Answer.Content([7]),
        });
        using S3ObjectStore store = Open();
        Assert.Equal([7], await store.GetAsync("k"));

        await using ScriptedServer forbidden = new((request, _) =>
            request.Target.Contains("list-type=2", StringComparison.Ordinal) ? Page("p/k", next: null) : Answer.Error(403, "AccessDenied"));
        using S3ObjectStore other = Open();
        await Assert.ThrowsAsync<StorageException>(async () => await other.GetAsync("k"));
        await Assert.ThrowsAsync<StorageException>(async () => await other.GetLengthAsync("k"));
        Assert.Equal(new RequestCounts(Put: 0, Get: 4, List: 2, Delete: 0), other.Requests);
    }

    [Fact]
    public async Task EveryOperation_NothingButErrors_EndsAfterAllAttempts()
    {
        await using ScriptedServer server = new((_, _) => Answer.Error(500, "InternalError"));
        using S3ObjectStore store = Open();
        foreach (Func<Task> operation in new Func<Task>[]
        {
            async () => await store.GetAsync("k"), async () => await store.GetRangeAsync("k", 0, 1), async () => await store.PutAsync("k", new byte[1]),
            async () => await store.TryCreateAsync("k", new byte[1]), async () => await store.TryReplaceAsync("k", "v", new byte[1]),
            async () => await store.DeleteAsync("k"), async () => await store.ListAsync("").GetAsyncEnumerator().MoveNextAsync(),
        })
        {
            StorageException e = await Assert.ThrowsAsync<StorageException>(operation);
            Assert.Contains("500 InternalError: As planned. (4 attempts in ", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(new RequestCounts(Put: 12, Get: 8, List: 4, Delete: 4), store.Requests);
        Assert.Equal(28, server.Requests.Count);
    }

    [Fact]
    public async Task Put_Always_CarriesAChecksumThatTheServerCanVerify()
    {
        byte[] content = "123456789"u8.ToArray();
        await using ScriptedServer server = new((_, _) => Answer.Ok(("ETag", "\"1\"")));
        using S3ObjectStore store = Open();
        await store.PutAsync("k", content);
        Assert.True(await store.TryCreateAsync("k", content));
        Assert.True(await store.TryReplaceAsync("k", "\"1\"", content));
        foreach (Request request in server.Requests)
        {
            // The check value of CRC-32C for these nine digits is E3069283.
            Assert.Equal(Convert.ToBase64String([0xE3, 0x06, 0x92, 0x83]), request["x-amz-checksum-crc32c"]);
            Assert.Equal(content, request.Body);
        }

        Assert.Equal([null, "*", null], server.Requests.Select(request => request["If-None-Match"]));
        Assert.Equal([null, null, "\"1\""], server.Requests.Select(request => request["If-Match"]));
    }

    [Fact]
    public async Task Get_ContentWithoutItsChecksum_IsReadAgainAndNeverReturned()
    {
        byte[] content = "123456789"u8.ToArray();
        string checksum = Crc32C.Header(content);
        await using ScriptedServer server = new((_, number) =>
            Answer.Content(number == 1 ? "123456780"u8.ToArray() : content, ("x-amz-checksum-crc32c", checksum)));
        using S3ObjectStore store = Open();
        Assert.Equal(content, await store.GetAsync("k"));
        Assert.Equal(2, server.Requests.Count);

        await using ScriptedServer liar = new((_, _) => Answer.Content("123456780"u8.ToArray(), ("x-amz-checksum-crc32c", checksum)));
        using S3ObjectStore other = Open();
        StorageException e = await Assert.ThrowsAsync<StorageException>(async () => await other.GetAsync("k"));
        Assert.Contains("checksum", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("replace")]
    public async Task ConditionalWrite_AnswerLost_RecognizesItsOwnWrite(string operation)
    {
        string? stored = null;
        await using ScriptedServer server = new((request, number) =>
        {
            if (request.Method == "HEAD")
                return Answer.Ok(("ETag", "\"2\""), (NoteHeader, stored!));
            if (number > 1)
                return Answer.Error(412, "PreconditionFailed");
            stored = request[NoteHeader];
            return Answer.Reset;
        });
        using S3ObjectStore store = Open();
        bool written = await WriteAsync(store, operation);
        Assert.Equal(["PUT", "PUT", "HEAD"], server.Requests.Select(request => request.Method));
        Assert.Equal(new RequestCounts(Put: 2, Get: 1, List: 0, Delete: 0), store.Requests);
        Assert.NotNull(stored);
        Assert.True(written);
    }

    [Fact]
    public async Task Create_AnswerLostAndSomebodyElseThere_IsFalse()
    {
        await using ScriptedServer server = AnswerLostThen(Answer.Ok(("ETag", "\"2\""), (NoteHeader, "somebody-else")));
        using S3ObjectStore store = Open();
        Assert.False(await WriteAsync(store, "create"));
    }

    [Fact]
    public async Task Replace_AnswerLostAndSomebodyElseThere_IsUnknownNotFalse()
    {
        // They may have replaced what this call had written: "false" would be a lie.
        await using ScriptedServer server = AnswerLostThen(Answer.Ok(("ETag", "\"2\""), (NoteHeader, "somebody-else")));
        using S3ObjectStore store = Open();
        StorageException e = await Assert.ThrowsAsync<StorageException>(async () => await WriteAsync(store, "replace"));
        Assert.EndsWith("whether it was carried out is unknown", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConditionalWrite_RefusedBySlowDownThenTaken_IsFalseWithoutLooking()
    {
        foreach (string operation in new[] { "create", "replace" })
        {
            await using ScriptedServer server = new((_, number) =>
                number == 1 ? Answer.Error(503, "SlowDown") : Answer.Error(412, "PreconditionFailed"));
            using S3ObjectStore store = Open();
            Assert.False(await WriteAsync(store, operation));
            Assert.Equal(["PUT", "PUT"], server.Requests.Select(request => request.Method));
        }
    }

    [Fact]
    public async Task Replace_OfWhatIsGone_IsFalse()
    {
        await using ScriptedServer server = new((_, _) => Answer.Error(404, "NoSuchKey"));
        using S3ObjectStore store = Open();
        Assert.False(await WriteAsync(store, "replace"));
    }

    [Fact]
    public async Task List_SecondPageFailsAtFirst_NoKeyIsLostOrTwice()
    {
        await using ScriptedServer server = new((request, number) => number switch
        {
            1 => Page("p/a", next: "more"),
            2 => Answer.Error(503, "SlowDown"),
            3 => CutOff(Page("p/b", next: null)),
            _ => Page(request.Target.Contains("continuation-token=more", StringComparison.Ordinal) ? "p/b" : "p/wrong", next: null),
        });
        using S3ObjectStore store = Open();
        List<string> keys = [];
        await foreach (string key in store.ListAsync(""))
            keys.Add(key);
        Assert.Equal(["a", "b"], keys);
        Assert.Equal(4, store.Requests.List);
    }

    private static Answer Page(string key, string? next) => Answer.Xml(
        $"<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>{(next is null ? "false" : "true")}</IsTruncated>"
        + $"<NextContinuationToken>{next}</NextContinuationToken><Contents><Key>{key}</Key><Size>1</Size></Contents></ListBucketResult>");

    private static Answer CutOff(Answer answer) => answer with { Body = answer.Body[..^40], Length = answer.Body.Length };

    private static ScriptedServer AnswerLostThen(Answer head) => new((request, number) =>
        request.Method == "HEAD" ? head : number == 1 ? Answer.Reset : Answer.Error(412, "PreconditionFailed"));

    private static ValueTask<bool> WriteAsync(S3ObjectStore store, string operation)
    {
        byte[] content = Encoding.ASCII.GetBytes(operation);
        return operation == "create" ? store.TryCreateAsync("k", content) : store.TryReplaceAsync("k", "\"1\"", content);
    }

    private static S3ObjectStore Open(RetryLimits? limits = null)
    {
        S3ServerFixture.SetCredentials();
        return new S3ObjectStore("aotrec-tests", "p", limits ?? Quick);
    }
}
