using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

/// <summary>Wrong input: exit code 2, one line that says what was found, what was expected and where, and nothing written.</summary>
public sealed class BadInputTests
{
    private const string Expected = "ratings as u.data (tabs), ratings.dat (::) or ratings.csv (header userId,movieId,rating[,timestamp])";
    private const string ExpectedLocation = "expected s3://bucket/prefix, file:///dir or the path of a directory.";

    public static TheoryData<string, string> Files => new()
    {
        { "", $"IN is empty, expected {Expected}" },
        { "1::2::3::4\n1::5::3", "IN line 2: 3 fields, expected 4: '1::5::3'; 1 bad line in all, nothing was written" },
        { "1::2::3::4\n1::5::NaN::4\n", "IN line 2: rating 'NaN' is not a finite number; 1 bad line in all, nothing was written" },
        { "-1::2::3::4\n1::5::x::4\n", "IN line 1: user -1 is negative; 2 bad lines in all, nothing was written" },
        { "hello\n", $"IN line 1: 'hello' has no separator, expected {Expected}; 1 bad line in all, nothing was written" },
        { "userId,movieId,rating\n", "IN has no ratings, only a header or empty lines" },
    };

    [Theory, MemberData(nameof(Files))]
    public async Task Shard_BadFile_IsWrongInputAndNothingIsWritten(string content, string problem)
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("in", content);
        Outcome outcome = await InProcess.RunAsync("shard", "--input", input, "--output", folder["out"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal(problem.Replace("IN", input, StringComparison.Ordinal), outcome.Problem);
        Assert.Equal(["in"], folder.Files);
    }

    [Fact]
    public async Task Shard_BadFileOverADataSet_LeavesItAlone()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("shard", "--input", folder.Write("good", Ratings.Dat), "--output", folder["out"]);
        byte[] manifest = File.ReadAllBytes(folder["out/manifest.json"]);
        IReadOnlyList<string> files = folder.Files;
        Outcome outcome = await InProcess.RunAsync("shard", "--input", folder.Write("good", Ratings.Dat + "x"), "--output", folder["out"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal(files, folder.Files);
        Assert.Equal(manifest, File.ReadAllBytes(folder["out/manifest.json"]));
    }

    [Fact]
    public async Task Shard_BadTitles_IsWrongInputAndNothingIsWritten()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ratings.dat", Ratings.Dat);
        string titles = folder.Write("movies.dat", "1::Good::Drama\nbad\n");
        Outcome outcome = await InProcess.RunAsync("shard", "--input", folder.Path, "--output", folder["out"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal($"{titles} line 2: 'bad', expected an item id and a title; 1 bad line in all, nothing was written", outcome.Problem);
        Assert.Equal(["movies.dat", "ratings.dat"], folder.Files);
    }

    [Fact]
    public async Task Shard_OneLineOf200Megabytes_IsWrongInputInBoundedMemory()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder["in"]))
        {
            byte[] piece = new byte[1 << 20];
            piece.AsSpan().Fill((byte)'7');
            "1::2::3::4\n1::"u8.CopyTo(piece);
            for (int written = 0; written < 200; written++)
            {
                file.Write(piece);
                piece.AsSpan().Fill((byte)'7');
            }
        }

        long before = GC.GetTotalAllocatedBytes();
        Outcome outcome = await InProcess.RunAsync("shard", "--input", folder["in"], "--output", folder["out"]);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100 << 20);
        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith($"{folder["in"]} line 2: longer than 65536 bytes, begins '1::777", outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(["in"], folder.Files);
    }

    [Fact]
    public async Task Shard_InputMissing_IsWrongInput()
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("shard", "--input", folder["none"], "--output", folder["out"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal($"{folder["none"]} was not found, expected a file of ratings or a folder with one", outcome.Problem);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("shards is 0, expected 1 .. 10000", "--shards", "0")]
    [InlineData("holdout is 1, expected at least 0 and less than 1", "--holdout", "1")]
    [InlineData("holdout is NaN, expected at least 0 and less than 1", "--holdout", "NaN")]
    [InlineData("none of the 300 ratings is left to train on (random, holdout 0.999999, seed 42); hold out fewer", "--holdout", "0.999999")]
    public async Task Shard_OptionOutOfRange_IsWrongInput(string problem, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("in", Ratings.Dat);
        Outcome outcome = await InProcess.RunAsync(["shard", "--input", input, "--output", folder["out"], .. options]);
        Assert.Equal((2, problem), (outcome.ExitCode, outcome.Problem));
        Assert.Equal(["in"], folder.Files);
    }

    [Theory]
    [InlineData("ftp://host/data", "scheme 'ftp' is not known")]
    [InlineData("s3://X/data", "'X' is not a bucket's name (3 to 63 lower-case letters, digits, '.' or '-')")]
    [InlineData("", "is empty")]
    public async Task Shard_OutputThatIsNoLocation_IsWrongInput(string output, string problem)
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("shard", "--input", folder.Write("in", Ratings.Dat), "--output", output);
        Assert.Equal((2, $"--output: Location '{output}': {problem}; {ExpectedLocation}"), (outcome.ExitCode, outcome.Problem));
    }

    [Fact]
    public async Task Shard_OutputThatCannotBeWritten_FailsWithOneLine()
    {
        using var folder = new TemporaryFolder();
        string output = folder.Write("out", "a file where the directory should go");
        Outcome outcome = await InProcess.RunAsync("shard", "--input", folder.Write("in", Ratings.Dat), "--output", output);
        Assert.Equal(1, outcome.ExitCode);
        Assert.EndsWith("the store's location is a file, expected a directory", outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(["in", "out"], folder.Files);
    }

    [Theory]
    [InlineData("Option '--input' is required; Option '--output' is required", "shard")]
    [InlineData("Cannot parse argument 'many' for option '--shards'", "shard", "--input", "a", "--output", "b", "--shards", "many")]
    [InlineData("Unrecognized command or argument '--shard'", "shard", "--input", "a", "--output", "b", "--shard", "3")]
    [InlineData("Required argument missing for command: 'inspect'", "inspect")]
    [InlineData("Option '--output' is required", "synth")]
    [InlineData("Unrecognized command or argument 'split'", "split")]
    [InlineData("Required command was not provided")]
    public async Task AnyCommand_WrongCommandLine_IsWrongInput(string problem, params string[] arguments)
    {
        Outcome outcome = await InProcess.RunAsync(arguments);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(problem, outcome.Problem, StringComparison.Ordinal);
        Assert.EndsWith("; see data-prep --help", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_Verbose_ShowsWhereTheErrorCameFrom()
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("inspect", folder.Path, "--verbose");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("   at AotRecTrainer.Dataset.DatasetReader.OpenAsync", outcome.Error, StringComparison.Ordinal);
    }
}
