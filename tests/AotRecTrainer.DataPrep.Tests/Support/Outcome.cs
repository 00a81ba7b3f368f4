namespace AotRecTrainer.DataPrep.Tests.Support;

/// <summary>What a command line did.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the error stream that tell of an error; the others are progress.</summary>
    public string[] Errors => [.. Error.Split('\n').Where(line => line.StartsWith("error:", StringComparison.Ordinal))];

    /// <summary>The one line behind <c>error: </c>, checked to be the last thing said, with nothing claimed to be done.</summary>
    public string Problem
    {
        get
        {
            Assert.Equal("", Output);
            string line = Assert.Single(Errors);
            Assert.EndsWith(line + "\n", Error, StringComparison.Ordinal);
            return line["error: ".Length..];
        }
    }
}
