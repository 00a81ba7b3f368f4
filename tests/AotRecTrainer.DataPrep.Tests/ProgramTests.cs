using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

/// <summary>The program as a process of its own: exit codes, streams and signals as a shell sees them.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task Program_Done_ExitsWithZeroResultsOnOutputAndProgressOnError()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("a.dat", Ratings.Dat);
        Outcome outcome = await ProgramProcess.RunAsync("shard", "--input", input, "--output", folder["out"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal($"reading {input}\nwriting file://{folder["out"]}\n", outcome.Error);
        Assert.Contains("300 ratings", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await ProgramProcess.RunAsync("inspect", folder["out"])).ExitCode);
    }

    [Fact]
    public async Task Program_WrongInput_ExitsWithTwo()
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await ProgramProcess.RunAsync("shard", "--input", folder.Write("in", ""), "--output", folder["out"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith($"{folder["in"]} is empty", outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(["in"], folder.Files);
    }

    [Fact]
    public async Task Program_Failure_ExitsWithOne()
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await ProgramProcess.RunAsync(
            "shard", "--input", folder.Write("in", Ratings.Dat), "--output", folder.Write("out", "a file"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.NotEqual("", outcome.Problem);
    }

    [Fact]
    public async Task Program_InterruptedWhileWriting_LeavesNothingHalfWritten()
    {
        using var folder = new TemporaryFolder();
        using var program = ProgramProcess.Start(
            "synth", "--users", "100000", "--items", "5000", "--ratings", "20000000", "--output", folder["big.dat"]);

        // The temporary file is there from the first byte to the last.
        await program.UntilAsync(() => folder.Files.Any(file => new FileInfo(folder[file]).Length > 0));
        program.Interrupt();
        Outcome outcome = await program.EndAsync();
        Assert.Equal((1, "cancelled; nothing half-written was left"), (outcome.ExitCode, outcome.Problem));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Program_InterruptedWhileReading_LeavesNothing()
    {
        using var folder = new TemporaryFolder();

        // A pipe that nobody fills up: the program is reading for as long as the test likes.
        string pipe = folder["in"];
        using (var make = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync();
        }

        using var program = ProgramProcess.Start("shard", "--input", pipe, "--output", folder["out"]);
        await using var filling = new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        byte[] text = System.Text.Encoding.ASCII.GetBytes(Ratings.Dat);
        await program.UntilAsync(() => program.ErrorSoFar.StartsWith("reading ", StringComparison.Ordinal));
        program.Interrupt();
        Task<Outcome> end = program.EndAsync();
        try
        {
            while (!end.IsCompleted)
            {
                await filling.WriteAsync(text);
                await filling.FlushAsync();
            }
        }
        catch (IOException)
        {
            // The program is gone.
        }

        Outcome outcome = await end;
        Assert.Equal((1, "cancelled; nothing half-written was left"), (outcome.ExitCode, outcome.Problem));
        Assert.Equal(["in"], folder.Files);
    }

    [Fact]
    public async Task Program_KilledWhileWriting_LeavesNoDataSet()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("synth", "--users", "3000", "--items", "500", "--ratings", "200000", "--output", folder["in"]);
        using var program = ProgramProcess.Start("shard", "--input", folder["in"], "--output", folder["out"], "--shards", "3000");
        await program.UntilAsync(() => File.Exists(folder["out/train/shard-00010.parquet"]));
        program.Kill();
        await program.EndAsync();
        Outcome outcome = await ProgramProcess.RunAsync("inspect", folder["out"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.EndsWith("has no manifest.json: not a data set, or one that was not finished", outcome.Problem, StringComparison.Ordinal);

        // What was left does not stand in the way of the next run.
        await InProcess.DoneAsync("shard", "--input", folder["in"], "--output", folder["out"], "--shards", "5");
        await InProcess.DoneAsync("verify", folder["out"]);
    }
}
