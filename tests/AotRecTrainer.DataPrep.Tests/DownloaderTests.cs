using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.DataPrep.Downloading;
using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

/// <summary>What takes long with the usual limits.</summary>
public sealed class DownloaderTests
{
    private static readonly DownloadLimits s_limits =
        new() { FirstWait = TimeSpan.FromMilliseconds(1), Stall = TimeSpan.FromMilliseconds(200), AttemptsMax = 3 };

    [Fact]
    public async Task Load_SilentConnections_AreGivenUpAndTheNextGoesOn()
    {
        await using var server = new ArchiveServer([.. Enumerable.Range(0, 9000).Select(index => (byte)index)]) { Breaks = 3, Stalls = true };
        using var folder = new TemporaryFolder();
        using (var part = new PartFile(folder["file"]))
        {
            await LoadAsync(server, part, s_limits);
            part.Complete();
        }

        Assert.Equal(server.Content, File.ReadAllBytes(folder["file"]));
        Assert.Equal(["", "bytes=1000-", "bytes=2000-", "bytes=3000-"], server.Ranges);
    }

    [Fact]
    public async Task Load_ServerFailsEveryTime_GivesUp()
    {
        await using var server = new ArchiveServer(new byte[9000]) { Status = 503 };
        using var folder = new TemporaryFolder();
        using var part = new PartFile(folder["file"]);
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => LoadAsync(server, part, s_limits));
        Assert.EndsWith("3 times in a row; run again to go on at 0 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Ranges.Count);
    }

    [Fact]
    public async Task Load_MoreIsAnnouncedThanEverComes_GivesUp()
    {
        await using var server = new ArchiveServer(new byte[9000]) { LengthError = 500 };
        using var folder = new TemporaryFolder();
        using var part = new PartFile(folder["file"]);
        await Assert.ThrowsAsync<DownloadException>(() => LoadAsync(server, part, s_limits));
        Assert.InRange(server.Ranges.Count, 3, 5);
    }

    [Fact]
    public async Task Load_MoreThanTheLimit_IsRefusedBeforeItIsLoaded()
    {
        await using var server = new ArchiveServer(new byte[9000]);
        using var folder = new TemporaryFolder();
        using var part = new PartFile(folder["file"]);
        await Assert.ThrowsAsync<DownloadException>(() => LoadAsync(server, part, s_limits with { BytesMax = 8999 }));
        Assert.Equal(0, part.Length);
        await LoadAsync(server, part, s_limits with { BytesMax = 9000 });
        Assert.Equal(9000, part.Length);
    }

    [Fact]
    public void PartFile_OfTwoAtATime_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var part = new PartFile(folder["file"]);
        Assert.ThrowsAny<IOException>(() => new PartFile(folder["file"]).Dispose());
    }

    [Theory]
    [InlineData("MD5 (ml-1m.zip) = C4D9EECFCA2AB87C1945AFE126590906")]
    [InlineData("c4d9eecfca2ab87c1945afe126590906  ml-1m.zip\n")]
    [InlineData("c4d9eecfca2ab87c1945afe126590906 *./ml-1m.zip\r\n")]
    [InlineData("c4d9eecfca2ab87c1945afe126590906")]
    [InlineData("00000000000000000000000000000000  other.zip\nc4d9eecfca2ab87c1945afe126590906  ml-1m.zip\n")]
    public void PublishedChecksum_InEveryForm_IsFound(string text) =>
        Assert.Equal("c4d9eecfca2ab87c1945afe126590906", PublishedChecksum.Find(text, "ml-1m.zip"));

    [Theory]
    [InlineData("c4d9eecfca2ab87c1945afe126590906  ml-10m.zip")]
    [InlineData("c4d9eecfca2ab87c1945afe12659090")]
    [InlineData("c4d9eecfca2ab87c1945afe1265909066")]
    [InlineData("<html>404</html>")]
    public void PublishedChecksum_OfSomethingElse_IsNone(string text) => Assert.Null(PublishedChecksum.Find(text, "ml-1m.zip"));

    private static async Task LoadAsync(ArchiveServer server, PartFile part, DownloadLimits limits)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await new Downloader(client, limits).LoadAsync(
            new Uri(server.Address + "file.zip"), part, new DirectProgress<double>(_ => { }), TestContext.Current.CancellationToken);
    }
}
