using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Settings;

public sealed class LocalLambdaFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_OnlyWhatMustBeThere_HasTheDefaults()
    {
        LocalLambdaOptions options = Read("""{ "functions": [ { "name": "f", "executable": "./bin/bootstrap" } ] }""");

        FunctionDefinition function = Assert.Single(options.Functions);
        var defaults = new FunctionDefinition { Name = "f", Executable = Path.Combine(_directory.Path, "./bin/bootstrap") };
        Assert.Equal(defaults with { Arguments = function.Arguments, Environment = function.Environment }, function);
        Assert.Equal((0, 0), (function.Arguments.Count, function.Environment.Count));
        Assert.Equal(new LocalLambdaOptions { Functions = options.Functions }, options);
    }

    [Fact]
    public void Read_EveryMember_IsTaken()
    {
        LocalLambdaOptions options = Read("""
            {
              // As a person writes it.
              "port": 9001, "concurrency": 10, "asyncRetries": 1, "asyncRetryDelay": 60, "duplicateEveryNthEvent": 3, "initTimeout": 5,
              "idleLifetime": 30, "environmentLifetime": 3600, "freeze": false, "limitResources": false, "cpuScale": 0.25, "pinToCpu": 0,
              "shutdownGrace": 1.5, "region": "eu-west-1",
              "functions": [
                { "name": "one", "executable": "sh", "arguments": ["-c", "exit"], "memoryMegabytes": 512, "timeout": 30, "handler": "h",
                  "logFormat": "JSON", "logLevel": "WARN", "environment": { "A": "b" } },
                { "name": "two", "executable": "/bin/true" },
              ],
            }
            """);

        var expected = new LocalLambdaOptions
        {
            Port = 9001,
            Concurrency = 10,
            AsyncRetries = 1,
            AsyncRetryDelay = TimeSpan.FromMinutes(1),
            DuplicateEveryNthEvent = 3,
            InitTimeout = TimeSpan.FromSeconds(5),
            IdleLifetime = TimeSpan.FromSeconds(30),
            EnvironmentLifetime = TimeSpan.FromHours(1),
            Freeze = false,
            LimitResources = false,
            CpuScale = 0.25,
            PinToCpu = 0,
            ShutdownGrace = TimeSpan.FromSeconds(1.5),
            Region = "eu-west-1",
            Functions = options.Functions,
        };
        Assert.Equal(expected, options);
        FunctionDefinition one = options.Functions[0];
        Assert.Equal(("one", "sh", 512, TimeSpan.FromSeconds(30), "h"), (one.Name, one.Executable, one.MemoryMegabytes, one.Timeout, one.Handler));
        Assert.Equal(("JSON", "WARN"), (one.LogFormat, one.LogLevel));
        Assert.Equal(["-c", "exit"], one.Arguments);
        Assert.Equal("b", one.Environment["A"]);
        Assert.Equal("/bin/true", options.Functions[1].Executable);
    }

    [Theory]
    [InlineData("""{ "functions": [], "colour": "red" }""", "colour")]
    [InlineData("""{ }""", "functions")]
    [InlineData("""{ "functions": [ { "name": "f" } ] }""", "executable")]
    [InlineData("""{ "functions": [""", "functions")]
    [InlineData("null", "null, expected an object")]
    [InlineData("""{ "concurrency": 0, "functions": [] }""", "concurrency 0, expected at least 1")]
    public void Read_BadFile_NamesItAndTheFault(string json, string fault)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Read(json));

        Assert.StartsWith(_directory.File("local.json") + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(fault, e.Message, StringComparison.Ordinal);
    }

    private LocalLambdaOptions Read(string json)
    {
        File.WriteAllText(_directory.File("local.json"), json);
        return LocalLambdaFile.Read(_directory.File("local.json"));
    }
}
