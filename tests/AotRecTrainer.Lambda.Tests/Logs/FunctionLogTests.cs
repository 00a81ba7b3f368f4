using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Lambda.Logs;
using AotRecTrainer.Lambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Logs;

public sealed class FunctionLogTests
{
    private static readonly FixedClock Clock = new(new DateTimeOffset(2026, 8, 1, 14, 30, 15, TimeSpan.FromHours(2)).AddTicks(1_234_560));

    [Fact]
    public void Write_Text_IsOneLineWithTimeRequestAndLevel()
    {
        var log = new TestLog(clock: Clock);

        log.Log.Info("between events");
        log.Log.RequestId = "id-7";
        log.Log.Warn("round 3");

        Assert.Equal("2026-08-01T12:30:15.123Z\t-\tINFO\tbetween events\n2026-08-01T12:30:15.123Z\tid-7\tWARN\tround 3\n", log.ToString());
    }

    [Fact]
    public void Write_TextWithException_ShowsItBelow()
    {
        var log = new TestLog(clock: Clock);

        log.Log.Error("failed", new InvalidOperationException("no model"));

        Assert.EndsWith("\tERROR\tfailed\nSystem.InvalidOperationException: no model\n", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Json_IsOneObjectOnOneLine()
    {
        var log = new TestLog(new FunctionLogOptions { IsJson = true }, Clock);

        log.Log.Info("between events");
        log.Log.RequestId = "id-7";
        log.Log.Info("line one\nline \"two\" \u0001");

        string[] lines = log.ToString().Split('\n');
        Assert.Equal("""{"timestamp":"2026-08-01T12:30:15.123Z","level":"INFO","message":"between events"}""", lines[0]);
        using JsonDocument second = JsonDocument.Parse(lines[1]);
        Assert.Equal(["timestamp", "level", "requestId", "message"], second.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("id-7", second.RootElement.GetProperty("requestId").GetString());
        Assert.Equal("line one\nline \"two\" \u0001", second.RootElement.GetProperty("message").GetString());
        Assert.Equal(["", ""], [lines[2], string.Concat(lines[3..])]);
    }

    [Fact]
    public void Write_JsonWithException_HasItsParts()
    {
        var log = new TestLog(new FunctionLogOptions { IsJson = true }, Clock);

        log.Log.Error("failed", Thrown());

        using JsonDocument json = JsonDocument.Parse(log.Bytes);
        Assert.Equal("ERROR", json.RootElement.GetProperty("level").GetString());
        Assert.Equal("InvalidOperationException", json.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("no model", json.RootElement.GetProperty("errorMessage").GetString());
        Assert.Contains(nameof(Thrown), json.RootElement.GetProperty("stackTrace")[1].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogLevel.Trace, "TRACE DEBUG INFO WARN ERROR FATAL")]
    [InlineData(LogLevel.Debug, "DEBUG INFO WARN ERROR FATAL")]
    [InlineData(LogLevel.Info, "INFO WARN ERROR FATAL")]
    [InlineData(LogLevel.Error, "ERROR FATAL")]
    [InlineData(LogLevel.Fatal, "FATAL")]
    public void Write_EveryLevel_LeavesOutThoseBelowTheLeast(LogLevel least, string written)
    {
        var log = new TestLog(new FunctionLogOptions { MinimumLevel = least }, Clock);

        foreach (LogLevel level in Enum.GetValues<LogLevel>())
            log.Log.Write(level, "x");

        Assert.Equal(written, string.Join(' ', log.ToString().Split('\n')[..^1].Select(line => line.Split('\t')[2])));
    }

    // The bytes as the platform documents them: kind, length and microseconds, big-endian.
    [Theory]
    [InlineData(false, 0xa55a0003)]
    [InlineData(true, 0xa55a0002)]
    public void Write_Telemetry_FramesEachRecord(bool isJson, uint kind)
    {
        var log = new TestLog(new FunctionLogOptions { IsJson = isJson, TelemetryDescriptor = 1 }, Clock);
        var plain = new TestLog(new FunctionLogOptions { IsJson = isJson }, Clock);
        string[] messages = ["first", "second ü\nwith a second line"];

        foreach (string message in messages)
        {
            log.Log.Info(message);
            plain.Log.Info(message);
        }

        ReadOnlySpan<byte> left = log.Bytes;
        var records = new List<string>();
        while (!left.IsEmpty)
        {
            Assert.Equal(kind, BinaryPrimitives.ReadUInt32BigEndian(left));
            int length = BinaryPrimitives.ReadInt32BigEndian(left[4..]);
            // 2026-08-01T12:30:15.123456Z
            Assert.Equal(1_785_587_415_123_456, BinaryPrimitives.ReadInt64BigEndian(left[8..]));
            records.Add(Encoding.UTF8.GetString(left[16..(16 + length)]) + "\n");
            left = left[(16 + length)..];
        }

        Assert.Equal(2, records.Count);
        Assert.Equal(plain.ToString(), string.Concat(records));
    }

    [Fact]
    public void Write_OutputGone_IsHarmless()
    {
        var output = new MemoryStream();
        var log = new FunctionLog(output, new FunctionLogOptions(), Clock);
        output.Dispose();

        log.Info("nobody hears");
    }

    [Fact]
    public async Task Write_ManyThreads_KeepsRecordsWhole()
    {
        var log = new TestLog(clock: Clock);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
                log.Log.Info(new string((char)('a' + t), 50));
        })));

        string[] lines = log.ToString().Split('\n')[..^1];
        Assert.Equal(1600, lines.Length);
        Assert.All(lines, line => Assert.Single(line.Split('\t')[3].Distinct()));
    }

    [Theory]
    [InlineData(null, null, null, false, LogLevel.Info, null)]
    [InlineData("Text", "DEBUG", "", false, LogLevel.Debug, null)]
    [InlineData("JSON", "warn", "62", true, LogLevel.Warn, 62)]
    [InlineData("json", "TRACE", "0", true, LogLevel.Trace, 0)]
    [InlineData("xml", "loud", "-1", false, LogLevel.Info, null)]
    public void Options_FromVariables_AreTheDocumentedOnes(string? format, string? level, string? descriptor, bool isJson, LogLevel least, int? number)
    {
        FunctionLogOptions options = FunctionLogOptions.From(name => name switch
        {
            "AWS_LAMBDA_LOG_FORMAT" => format,
            "AWS_LAMBDA_LOG_LEVEL" => level,
            "_LAMBDA_TELEMETRY_LOG_FD" => descriptor,
            _ => null,
        });

        Assert.Equal(new FunctionLogOptions { IsJson = isJson, MinimumLevel = least, TelemetryDescriptor = number }, options);
    }

    [Fact]
    public async Task FromEnvironment_NothingSet_WritesLinesToStandardError()
    {
        (int code, string output, string errors) = await ChildProcess.StartAsync("log");

        Assert.Equal((0, "gone\n"), (code, output));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t-\tINFO\tsaid\n$", errors);
    }

    [Fact]
    public async Task FromEnvironment_TelemetryDescriptor_GetsTheFramesAndIsNotPassedOn()
    {
        // Descriptor 2 is a pipe that this test reads; any other would have to be inherited.
        (int code, string output, string errors) = await ChildProcess.StartAsync("log", ("_LAMBDA_TELEMETRY_LOG_FD", "2"));

        Assert.Equal((0, "gone\n"), (code, output));
        Assert.EndsWith("\t-\tINFO\tsaid", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromEnvironment_DescriptorNotOpen_FallsBackToStandardError()
    {
        (int code, _, string errors) = await ChildProcess.StartAsync("log", ("_LAMBDA_TELEMETRY_LOG_FD", "999"));

        Assert.Equal(0, code);
        Assert.EndsWith("\t-\tINFO\tsaid\n", errors, StringComparison.Ordinal);
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("no model");
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
