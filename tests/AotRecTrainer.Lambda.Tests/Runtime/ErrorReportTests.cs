using System.Text.Json;
using AotRecTrainer.Lambda.Runtime;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Runtime;

public sealed class ErrorReportTests
{
    [Theory]
    [InlineData("OutOfTime", "Function.OutOfTime")]
    [InlineData("Function.OutOfTime", "Function.OutOfTime")]
    [InlineData("Runtime.BadConfiguration", "Runtime.BadConfiguration")]
    [InlineData("Bad\r\nX-Injected: 1", "Function.BadXInjected1")]
    [InlineData("??", "Function.Unhandled")]
    public void From_FunctionError_KeepsItsTypeSafeForAHeader(string given, string expected) =>
        Assert.Equal(expected, ErrorReport.From(new FunctionErrorException(given, "m")).ErrorType);

    [Fact]
    public void From_OtherException_IsNamedForItsClass()
    {
        Assert.Equal("Function.InvalidOperationException", ErrorReport.From(new InvalidOperationException("m")).ErrorType);
        Assert.Equal("Runtime.InvalidOperationException", ErrorReport.From(new InvalidOperationException("m"), "Runtime").ErrorType);
    }

    [Fact]
    public void From_ThrownExceptionWithCause_GivesTheDocumentedBody()
    {
        ErrorReport report;
        try
        {
            throw new FunctionErrorException("OutOfTime", "round 7 \"late\"", new TimeoutException("worker 3"));
        }
        catch (FunctionErrorException e)
        {
            report = ErrorReport.From(e);
        }

        using JsonDocument json = JsonDocument.Parse(report.Body);
        JsonElement root = json.RootElement;
        Assert.Equal(["errorType", "errorMessage", "stackTrace", "cause"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("Function.OutOfTime", root.GetProperty("errorType").GetString());
        Assert.Equal("round 7 \"late\"", root.GetProperty("errorMessage").GetString());
        Assert.Contains(nameof(From_ThrownExceptionWithCause_GivesTheDocumentedBody), root.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("Function.TimeoutException", root.GetProperty("cause").GetProperty("errorType").GetString());
        Assert.Equal("worker 3", root.GetProperty("cause").GetProperty("errorMessage").GetString());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\u0001")] // six bytes each once escaped
    [InlineData("\ud83d\ude00")]
    [InlineData("\ud83d")] // half a pair
    public void From_HugeMessage_StaysWithinTheLimitAndParses(string piece)
    {
        string message = "start " + string.Concat(Enumerable.Repeat(piece, 700_001));

        ErrorReport report = ErrorReport.From(new FunctionErrorException("Big", message, new InvalidOperationException(message)));

        Assert.InRange(report.Body.Length, 60_000, 256 * 1024);
        using JsonDocument json = JsonDocument.Parse(report.Body);
        Assert.StartsWith("start ", json.RootElement.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal("Function.Big", json.RootElement.GetProperty("errorType").GetString());
    }

    [Fact]
    public void From_HugeCause_LeavesItOutAndKeepsTheMessage()
    {
        ErrorReport report = ErrorReport.From(new FunctionErrorException("Big", "short", new InvalidOperationException(new string('x', 300_000))));

        using JsonDocument json = JsonDocument.Parse(report.Body);
        Assert.Equal("short", json.RootElement.GetProperty("errorMessage").GetString());
        Assert.False(json.RootElement.TryGetProperty("cause", out _));
    }

    [Fact]
    public void From_EndlessCauses_StopsAfterFour()
    {
        var e = new InvalidOperationException("0");
        for (int i = 1; i <= 50; i++)
            e = new InvalidOperationException($"{i}", e);

        using JsonDocument json = JsonDocument.Parse(ErrorReport.From(e).Body);
        int causes = 0;
        for (JsonElement at = json.RootElement; at.TryGetProperty("cause", out JsonElement next); at = next)
            causes++;
        Assert.Equal(4, causes);
    }

    [Fact]
    public void From_HugeTypeName_IsCut() =>
        Assert.InRange(ErrorReport.From(new FunctionErrorException(new string('T', 300_000), "m")).ErrorType.Length, 10, 200);
}
