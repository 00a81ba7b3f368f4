using System.Collections.Concurrent;
using AotRecTrainer.Storage.S3;
using AotRecTrainer.Storage.Tests.Scripted;
using Xunit;

namespace AotRecTrainer.Storage.Tests;

/// <summary>Uploads in parts and parallel reads that meet trouble. Not beside other tests of S3, as <see cref="S3FailureTests"/>.</summary>
[Collection(S3Tests.Name)]
public sealed class S3LargeObjectTests
{
    private const int Length = (3 * Transfer.PartBytes) + 12_345;
    private static readonly RetryLimits Quick = new()
    {
        FirstDelayMax = TimeSpan.FromMilliseconds(1),
        AttemptTime = TimeSpan.FromSeconds(30),
        AttemptsMax = 3,
    };

    private static readonly byte[] Content = Random(20261101);

    [Fact]
    public async Task Put_Large_SendsEveryPartOnceWithItsChecksumAndThatOfTheWhole()
    {
        ConcurrentDictionary<string, byte[]> parts = [];
        await using ScriptedServer server = new((request, _) => Upload(request, parts, _ => null));
        using S3ObjectStore store = Open();
        await store.PutAsync("k", Content);
        Assert.Equal(Content, parts.OrderBy(part => part.Key, StringComparer.Ordinal).SelectMany(part => part.Value));
        foreach (Request part in server.Requests.Where(request => request.Method == "PUT"))
            Assert.Equal(Crc32C.Header(part.Body), part["x-amz-checksum-crc32c"]);
        Request complete = server.Requests.Last();
        Assert.Equal(Crc32C.Header(Content), complete["x-amz-checksum-crc32c"]);
        Assert.Equal("FULL_OBJECT", complete["x-amz-checksum-type"]);
        Assert.Equal(new RequestCounts(Put: 6, Get: 0, List: 0, Delete: 0), store.Requests);
    }

    [Fact]
    public async Task Put_LargeAndAPartIsSlowedDown_SendsThatPartAgain()
    {
        ConcurrentDictionary<string, byte[]> parts = [];
        int refused = 0;
        await using ScriptedServer server = new((request, _) => Upload(
            request, parts, number => number == "2" && Interlocked.Increment(ref refused) == 1 ? Answer.Error(503, "SlowDown") : null));
        using S3ObjectStore store = Open();
        await store.PutAsync("k", Content);
        Assert.Equal(7, store.Requests.Put);
        Assert.DoesNotContain(server.Requests, request => request.Method == "DELETE");
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(500, "InternalError")]
    public async Task Put_LargeAndAPartFails_IsAbortedSoThatNoPartStays(int status, string code)
    {
        await using ScriptedServer server = new((request, _) => Upload(request, [], number => number == "3" ? Answer.Error(status, code) : null));
        using S3ObjectStore store = Open();
        StorageException e = await Assert.ThrowsAsync<StorageException>(async () => await store.PutAsync("k", Content));
        Assert.Contains(code, e.Message, StringComparison.Ordinal);
        Request last = server.Requests.Last();
        Assert.Equal("DELETE", last.Method);
        Assert.Contains("uploadId=planned", last.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_LargeAndCancelled_IsAborted()
    {
        using CancellationTokenSource cancel = new();
        await using ScriptedServer server = new((request, _) => Upload(request, [], number =>
        {
            if (number == "2")
                cancel.Cancel();
            return number == "2" ? Answer.Hang : null;
        }));
        using S3ObjectStore store = Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.PutAsync("k", Content, cancel.Token));
        Assert.Equal("DELETE", server.Requests.Last().Method);
    }

    [Fact]
    public async Task Put_LargeAndTheLastAnswerIsLost_KnowsThatItIsDone()
    {
        int completions = 0;
        await using ScriptedServer server = new((request, _) => request.Method == "POST" && !request.Target.Contains("uploads", StringComparison.Ordinal)
            ? Interlocked.Increment(ref completions) == 1 ? Answer.Reset : Answer.Error(404, "NoSuchUpload")
            : Upload(request, [], _ => null));
        using S3ObjectStore store = Open();
        await store.PutAsync("k", Content);
        Assert.Equal(2, completions);
        Assert.DoesNotContain(server.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task Get_Large_ReadsPartsOfOneVersionOnly()
    {
        await using ScriptedServer server = new((request, _) => Download(request, Content, "\"v-4\""));
        using S3ObjectStore store = Open();
        Assert.Equal(Content, await store.GetAsync("k"));
        Assert.Equal(4, store.Requests.Get);
        Assert.All(server.Requests.Skip(1), request => Assert.Equal("\"v-4\"", request["If-Match"]));
        Assert.Equal(
            [null, "bytes=16777216-25165823", "bytes=25165824-25178168", "bytes=8388608-16777215"],
            server.Requests.Select(request => request["Range"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_LargeAndReplacedMeanwhile_IsReadAnewNeverMixed()
    {
        byte[] newer = Random(20261102);
        int seen = 0;
        await using ScriptedServer server = new((request, _) =>
            Interlocked.Increment(ref seen) <= 2 ? Download(request, Content, "\"old-4\"") : Download(request, newer, "\"new-4\""));
        using S3ObjectStore store = Open();
        StoredObject found = Assert.NotNull(await store.GetVersionedAsync("k"));
        Assert.Equal(newer, found.Content);
        Assert.Equal("\"new-4\"", found.Version);
    }

    [Fact]
    public async Task Get_LargeAndDamagedEveryTime_IsNeverReturned()
    {
        await using ScriptedServer server = new((request, _) =>
        {
            Answer answer = Download(request, Content, "\"0123456789abcdef0123456789abcdef\"");
            if (request["Range"] is { } range && range.StartsWith("bytes=16777216", StringComparison.Ordinal))
                answer.Body[77] ^= 1;
            return answer;
        });
        using S3ObjectStore store = Open();
        StorageException e = await Assert.ThrowsAsync<StorageException>(async () => await store.GetAsync("k"));
        Assert.Contains("damaged on its way, 3 times", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void Crc32C_KnownTexts_HaveTheirPublishedValues(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Compute(System.Text.Encoding.ASCII.GetBytes(text)));

    private static Answer Upload(Request request, ConcurrentDictionary<string, byte[]> parts, Func<string, Answer?> trouble)
    {
        switch (request.Method)
        {
            case "POST" when request.Target.Contains("uploads", StringComparison.Ordinal):
                return Answer.Xml("<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><UploadId>planned</UploadId></InitiateMultipartUploadResult>");
            case "POST":
                return Answer.Xml("<CompleteMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><ETag>\"v-4\"</ETag></CompleteMultipartUploadResult>");
            case "PUT":
                string number = request.Target.Split("partNumber=")[1].Split('&')[0];
                if (trouble(number) is { } answer)
                    return answer;
                parts[number] = request.Body;
                return Answer.Ok(("ETag", $"\"{number}\""));
            default:
                return new Answer(204, [], []);
        }
    }

    private static Answer Download(Request request, byte[] content, string version)
    {
        if (request["If-Match"] is { } wanted && wanted != version)
            return Answer.Error(412, "PreconditionFailed");
        if (request["Range"] is not { } range)
            return new Answer(200, content, [("ETag", version), ("x-amz-checksum-crc32c", Crc32C.Header(content)), ("x-amz-checksum-type", "FULL_OBJECT")]);
        int[] ends = [.. range["bytes=".Length..].Split('-').Select(int.Parse)];
        return new Answer(206, content[ends[0]..(ends[1] + 1)], [("ETag", version), ("Content-Range", $"bytes {ends[0]}-{ends[1]}/{content.Length}")]);
    }

    private static byte[] Random(int seed)
    {
        byte[] content = new byte[Length];
        new Random(seed).NextBytes(content);
        return content;
    }

    private static S3ObjectStore Open()
    {
        S3ServerFixture.SetCredentials();
        return new S3ObjectStore("aotrec-tests", "p", Quick);
    }
}
