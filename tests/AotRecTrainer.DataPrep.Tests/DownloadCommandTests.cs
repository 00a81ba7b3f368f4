using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

/// <summary><c>download</c> against a server of the tests, which behaves in every way that a server may.</summary>
public sealed class DownloadCommandTests
{
    private static readonly byte[] s_archive = Archive();

    [Fact]
    public async Task Download_FromAMirror_IsCheckedNamedAndShowsTheLicence()
    {
        await using var server = new ArchiveServer(s_archive);
        using var folder = new TemporaryFolder();
        string output = await InProcess.DoneAsync("download", "ml-1m", "--output", folder["new"], "--from", server.Address);
        Assert.Equal(s_archive, File.ReadAllBytes(folder["new/ml-1m.zip"]));
        Assert.Equal(["new/ml-1m.zip"], folder.Files);
        Assert.StartsWith(
            $"{folder["new/ml-1m.zip"]}: {s_archive.Length:N0} bytes, MD5 {ArchiveServer.Md5(s_archive)} as published\n", output, StringComparison.Ordinal);
        Assert.Contains("not commercially", output, StringComparison.Ordinal);
        Assert.Contains("the README in ml-1m.zip", output, StringComparison.Ordinal);
        await InProcess.DoneAsync("shard", "--input", folder["new/ml-1m.zip"], "--output", folder["shards"]);
        await InProcess.DoneAsync("verify", folder["shards"]);
    }

    [Fact]
    public async Task Download_ThereAlready_SaysSoWithoutLoadingIt()
    {
        await using var server = new ArchiveServer(s_archive);
        using var folder = new TemporaryFolder();
        string[] command = ["download", "ml-100k", "--output", $"file://{folder.Path}", "--from", server.Address.TrimEnd('/')];
        await InProcess.DoneAsync(command);
        string again = await InProcess.DoneAsync(command);
        Assert.StartsWith($"{folder["ml-100k.zip"]} is there already, MD5 ", again, StringComparison.Ordinal);
        Assert.Single(server.Ranges);
        Assert.Equal(["ml-100k.zip"], folder.Files);
    }

    [Fact]
    public async Task Download_AnotherFileOfTheName_IsReplaced()
    {
        await using var server = new ArchiveServer(s_archive);
        using var folder = new TemporaryFolder();
        folder.Write("ml-1m.zip", "cut off");
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(s_archive, File.ReadAllBytes(folder["ml-1m.zip"]));
    }

    [Fact]
    public async Task Download_ConnectionsBreak_EachGoesOnWhereTheLastEnded()
    {
        await using var server = new ArchiveServer(s_archive) { Breaks = 3 };
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(s_archive, File.ReadAllBytes(folder["ml-1m.zip"]));
        Assert.Equal(["", "bytes=1000-", "bytes=2000-", "bytes=3000-"], server.Ranges);
    }

    [Fact]
    public async Task Download_ServerWithoutRanges_BeginsAnew()
    {
        await using var server = new ArchiveServer(s_archive) { Breaks = 1, KnowsRanges = false };
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(s_archive, File.ReadAllBytes(folder["ml-1m.zip"]));
        Assert.Equal(["", "bytes=1000-"], server.Ranges);
    }

    [Theory, InlineData(null), InlineData("W/\"weak\"")]
    public async Task Download_ServerThatVouchesForNoVersion_BeginsAnew(string? tag)
    {
        await using var server = new ArchiveServer(s_archive) { Breaks = 1, Tag = tag };
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(s_archive, File.ReadAllBytes(folder["ml-1m.zip"]));
        Assert.Equal(["", ""], server.Ranges);
    }

    [Fact]
    public async Task Download_Redirected_Follows()
    {
        await using var server = new ArchiveServer(s_archive) { Redirects = true, Breaks = 1 };
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(s_archive, File.ReadAllBytes(folder["ml-1m.zip"]));
        Assert.Equal(["", "bytes=1000-"], server.Ranges);
    }

    [Fact]
    public async Task Download_StoppedByTheTime_KeepsThePartAndALaterRunGoesOn()
    {
        await using var server = new ArchiveServer(s_archive) { Breaks = 1, Stalls = true };
        using var folder = new TemporaryFolder();
        Outcome stopped = await InProcess.RunAsync(
            "download", "ml-1m", "--output", folder.Path, "--from", server.Address, "--timeout", "1");
        Assert.Equal((1, "not done within 1 s; run again to go on at 1,000 bytes"), (stopped.ExitCode, stopped.Problem));
        Assert.Equal(["ml-1m.zip.part", "ml-1m.zip.part.tag"], folder.Files);
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(s_archive, File.ReadAllBytes(folder["ml-1m.zip"]));
        Assert.Equal(["", "bytes=1000-"], server.Ranges);
        Assert.Equal(["ml-1m.zip"], folder.Files);
    }

    [Fact]
    public async Task Download_FileChangedInBetween_IsLoadedAnew()
    {
        await using var server = new ArchiveServer(s_archive) { Breaks = 1, Stalls = true };
        using var folder = new TemporaryFolder();
        string[] command = ["download", "ml-1m", "--output", folder.Path, "--from", server.Address];
        await InProcess.RunAsync([.. command, "--timeout", "1"]);
        (server.Content, server.Tag) = (RandomNumberGenerator.GetBytes(5000), "\"second\"");
        await InProcess.DoneAsync(command);
        Assert.Equal(server.Content, File.ReadAllBytes(folder["ml-1m.zip"]));
        Assert.Equal(["", "bytes=1000-"], server.Ranges);
    }

    [Fact]
    public async Task Download_OnlyTheRenameWasMissing_AsksForNothingMore()
    {
        await using var server = new ArchiveServer(s_archive);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["ml-1m.zip.part"], s_archive);
        folder.Write("ml-1m.zip.part.tag", server.Tag!);
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal([$"bytes={s_archive.Length}-"], server.Ranges);
        Assert.Equal(["ml-1m.zip"], folder.Files);
    }

    [Fact]
    public async Task Download_PartIsLongerThanTheFile_BeginsAnew()
    {
        await using var server = new ArchiveServer(s_archive);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["ml-1m.zip.part"], [.. s_archive, 1]);
        folder.Write("ml-1m.zip.part.tag", server.Tag!);
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(s_archive, File.ReadAllBytes(folder["ml-1m.zip"]));
    }

    [Fact]
    public async Task Download_WrongChecksum_LeavesNothing()
    {
        await using var server = new ArchiveServer(s_archive) { Checksum = $"{new string('0', 32)}  ml-1m.zip\n" };
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(
            $"{server.Address}ml-1m.zip has MD5 {ArchiveServer.Md5(s_archive)}, published is {new string('0', 32)}; it was removed, run again to load it anew",
            outcome.Problem);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("not a checksum at all")]
    [InlineData("MD5 (ml-10m.zip) = 0123456789abcdef0123456789abcdef")]
    [InlineData("")]
    public async Task Download_NoChecksumOfTheFile_LoadsNothing(string checksum)
    {
        await using var server = new ArchiveServer(s_archive) { Checksum = checksum };
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal((1, $"{server.Address}ml-1m.zip.md5 has no MD5 of ml-1m.zip; nothing was downloaded"), (outcome.ExitCode, outcome.Problem));
        Assert.Empty(server.Ranges);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Download_NotThere_IsNotTriedAgain()
    {
        await using var server = new ArchiveServer(s_archive) { Status = 404 };
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal((1, $"{server.Address}ml-1m.zip: the server answered 404 NotFound"), (outcome.ExitCode, outcome.Problem));
        Assert.Single(server.Ranges);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Download_LessIsAnnouncedThanThereIs_FailsTheChecksum()
    {
        await using var server = new ArchiveServer(s_archive) { LengthError = -500 };
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"has MD5 {ArchiveServer.Md5(s_archive[..^500])}, published is ", outcome.Problem, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("--from: found 'ftp://host/', expected an address that begins with https:// or http://", "--from", "ftp://host/")]
    [InlineData("--timeout: found 0, expected more than 0 seconds and at most a million", "--timeout", "0")]
    public async Task Download_WrongOption_IsWrongInput(string problem, params string[] options)
    {
        Outcome outcome = await InProcess.RunAsync(["download", "ml-1m", .. options]);
        Assert.Equal((2, problem), (outcome.ExitCode, outcome.Problem));
    }

    [Fact]
    public async Task Download_UnknownName_IsWrongInput()
    {
        Outcome outcome = await InProcess.RunAsync("download", "ml-2m");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("ml-2m", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_InterruptedWhileDownloading_LeavesAPartToGoOnWith()
    {
        await using var server = new ArchiveServer(s_archive) { Breaks = 1, Stalls = true };
        using var folder = new TemporaryFolder();
        using var program = ProgramProcess.Start("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        await program.UntilAsync(() => File.Exists(folder["ml-1m.zip.part"]) && new FileInfo(folder["ml-1m.zip.part"]).Length == 1000);
        program.Interrupt();
        Outcome outcome = await program.EndAsync();
        Assert.Equal((1, "cancelled; run again to go on at 1,000 bytes"), (outcome.ExitCode, outcome.Problem));
        await InProcess.DoneAsync("download", "ml-1m", "--output", folder.Path, "--from", server.Address);
        Assert.Equal(["", "bytes=1000-"], server.Ranges);
    }

    // As GroupLens packs them: a folder with the ratings, here some random bytes more, so that there is something to break off.
    internal static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (Stream ratings = zip.CreateEntry("ml-1m/ratings.dat").Open())
            {
                ratings.Write(Encoding.ASCII.GetBytes(Ratings.Dat));
            }

            using Stream other = zip.CreateEntry("ml-1m/README").Open();
            other.Write(RandomNumberGenerator.GetBytes(5000));
        }

        return bytes.ToArray();
    }
}
