using System.IO.Compression;
using System.Text.Json.Nodes;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Api;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task Create_ProgramOnThisMachine_CanBeInvoked()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var directory = new TemporaryDirectory();

        const string settings = """{"MemorySize":640,"Timeout":30,"Environment":{"Variables":{"EXTRA":"x"}},"LoggingConfig":{"LogFormat":"JSON"}}""";
        Answer created = await server.SendAsync("POST", "", Image("made", FunctionProgram.Create(directory), settings));
        JsonNode variables = (await server.InvokeAsync("{}", "made")).Json["variables"]!;

        Assert.Equal(201, created.Status);
        JsonNode shown = created.Json;
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:made", (string?)shown["FunctionArn"]);
        Assert.Equal((640, 30), ((int)shown["MemorySize"]!, (int)shown["Timeout"]!));
        Assert.Equal(("Active", "Successful", "$LATEST", "Image"), ((string?)shown["State"], (string?)shown["LastUpdateStatus"], (string?)shown["Version"], (string?)shown["PackageType"]));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$", (string?)shown["LastModified"]);
        Assert.Equal(("made", "640", "x", "JSON"), (
            (string?)variables["AWS_LAMBDA_FUNCTION_NAME"], (string?)variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
            (string?)variables["EXTRA"], (string?)variables["AWS_LAMBDA_LOG_FORMAT"]));
    }

    [Fact]
    public async Task Create_NothingButTheProgram_HasTheServicesDefaults()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var directory = new TemporaryDirectory();

        JsonNode shown = (await server.SendAsync("POST", "", Image("made", FunctionProgram.Create(directory)))).Json;

        Assert.Equal((128, 3), ((int)shown["MemorySize"]!, (int)shown["Timeout"]!));
    }

    [Fact]
    public async Task Create_ZipFile_RunsItsBootstrap()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        byte[] zip = Zip("bootstrap", await File.ReadAllTextAsync(FunctionProgram.Create(directory)));

        Answer created = await server.SendAsync("POST", "", Zipped("made", zip));
        Answer answer = await server.InvokeAsync("{}", "made");

        Assert.Equal(201, created.Status);
        Assert.Equal(("Zip", "provided.al2023", zip.Length), ((string?)created.Json["PackageType"], (string?)created.Json["Runtime"], (int)created.Json["CodeSize"]!));
        Assert.Equal(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(zip)), (string?)created.Json["CodeSha256"]);
        Assert.Equal(1, (int)answer.Json["count"]!);
        string root = (string)answer.Json["variables"]!["LAMBDA_TASK_ROOT"]!;
        Assert.True(Directory.Exists(root));
        await server.DisposeAsync();
        Assert.False(Directory.Exists(root));
    }

    [Fact]
    public async Task Create_BadRequest_IsRefusedInTheServicesForm()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        string program = FunctionProgram.Create(directory);

        AssertRefused(await server.SendAsync("POST", "", Image("f", program)), 409, "ResourceConflictException", "Function already exist: f");
        AssertRefused(await server.SendAsync("POST", "", Image("a", program, """{"MemorySize":127}""")), 400, "InvalidParameterValueException", "function a: memory size 127 MB, expected 128 to 10240");
        AssertRefused(await server.SendAsync("POST", "", Image("a", program, """{"Timeout":901}""")), 400, "InvalidParameterValueException", "function a: time-out 901 s");
        AssertRefused(await server.SendAsync("POST", "", Image("a b", program)), 400, "InvalidParameterValueException", "function name 'a b'");
        AssertRefused(await server.SendAsync("POST", "", Image("a", directory.File("absent"))), 400, "InvalidParameterValueException", "ImageUri is");
        AssertRefused(await server.SendAsync("POST", "", Zipped("a", Zip("main", "x"))), 400, "InvalidParameterValueException", "The zip file has no file named bootstrap");
        AssertRefused(await server.SendAsync("POST", "", Zipped("a", Zip("../bootstrap", "x"))), 400, "InvalidParameterValueException", "Could not unzip");
        AssertRefused(await server.SendAsync("POST", "", Zipped("a", [1, 2, 3])), 400, "InvalidParameterValueException", "Could not unzip");
        AssertRefused(await server.SendAsync("POST", "", Zipped("a", Zip("bootstrap", "x"), "python3.13")), 400, "InvalidParameterValueException", "Runtime is 'python3.13'");
        AssertRefused(await server.SendAsync("POST", "", """{"FunctionName":"a"}"""), 400, "InvalidParameterValueException", "Code has neither");
        AssertRefused(await server.SendAsync("POST", "", "{}"), 400, "InvalidParameterValueException", "FunctionName is missing");
        AssertRefused(await server.SendAsync("POST", "", "{"), 400, "InvalidRequestContentException", "Could not parse");
    }

    [Fact]
    public async Task Update_Configuration_TakesEffectInNewEnvironments()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { MemoryMegabytes = 256, Handler = "before" });
        Answer before = await server.InvokeAsync("{}");

        Answer updated = await server.SendAsync("PUT", "f/configuration", """{"MemorySize":512,"Description":"bigger"}""");
        Answer after = await server.InvokeAsync("{}");

        Assert.Equal((200, 512, "bigger", "before"), (updated.Status, (int)updated.Json["MemorySize"]!, (string?)updated.Json["Description"], (string?)updated.Json["Handler"]));
        Assert.NotEqual(before.ProcessId, after.ProcessId);
        Assert.Equal("512", (string?)after.Json["variables"]!["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
        await Processes.EndedAsync(before.ProcessId);
    }

    [Fact]
    public async Task Update_InvocationUnderWay_IsLeftToEnd()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync();
        string meet = new JsonObject { ["do"] = "meet", ["directory"] = directory.Path, ["others"] = 1 }.ToJsonString();
        Task<Answer> pending = server.InvokeAsync(meet);
        await Eventually.Async(() => Directory.GetFiles(directory.Path).Length, n => n == 1);

        await server.SendAsync("PUT", "f/configuration", """{"Timeout":10}""");
        await File.WriteAllTextAsync(directory.File("other"), "");

        Answer answer = await pending;
        Assert.Null(answer.Header("X-Amz-Function-Error"));
        await Processes.EndedAsync(answer.ProcessId);
    }

    [Fact]
    public async Task Update_OldRevision_IsRefused()
    {
        await using TestServer server = await TestServer.StartAsync();
        string revision = (string)(await server.SendAsync("GET", "f/configuration")).Json["RevisionId"]!;

        Answer first = await server.SendAsync("PUT", "f/configuration", $$"""{"Timeout":10,"RevisionId":"{{revision}}"}""");
        Answer second = await server.SendAsync("PUT", "f/configuration", $$"""{"Timeout":20,"RevisionId":"{{revision}}"}""");

        Assert.Equal(200, first.Status);
        AssertRefused(second, 412, "PreconditionFailedException", "The Revision Id provided does not match");
    }

    [Fact]
    public async Task Get_Function_ShowsItsProgram()
    {
        await using TestServer server = await TestServer.StartAsync();

        JsonNode shown = (await server.SendAsync("GET", "f")).Json;

        Assert.Equal("f", (string?)shown["Configuration"]!["FunctionName"]);
        Assert.Equal(new Uri(Environment.ProcessPath!).AbsoluteUri, (string?)shown["Code"]!["ImageUri"]);
        AssertRefused(await server.SendAsync("GET", "absent"), 404, "ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:absent");
    }

    [Fact]
    public async Task List_MoreThanAPage_GoesOnFromTheMarker()
    {
        string[] names = ["a", "b", "c", "d", "e"];
        await using TestServer server = await TestServer.StartAsync([.. names.Select(name => TestServer.Function() with { Name = name })]);

        var found = new List<string>();
        string? marker = null;
        int pages = 0;
        do
        {
            JsonNode page = (await server.SendAsync("GET", $"?MaxItems=2{(marker is null ? "" : "&Marker=" + marker)}")).Json;
            found.AddRange(page["Functions"]!.AsArray().Select(function => (string)function!["FunctionName"]!));
            marker = (string?)page["NextMarker"];
            pages++;
        }
        while (marker is not null);

        Assert.Equal(names, found);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task Delete_Function_EndsItsProcessesAndIsGone()
    {
        await using TestServer server = await TestServer.StartAsync();
        int process = (await server.InvokeAsync("{}")).ProcessId;

        Answer deleted = await server.SendAsync("DELETE", "f");

        Assert.Equal((204, ""), (deleted.Status, deleted.Body));
        AssertRefused(await server.InvokeAsync("{}"), 404, "ResourceNotFoundException", "Function not found");
        AssertRefused(await server.SendAsync("DELETE", "f"), 404, "ResourceNotFoundException", "Function not found");
        await Processes.EndedAsync(process);
    }

    private static string Image(string name, string program, string settings = "{}")
    {
        JsonObject request = JsonNode.Parse(settings)!.AsObject();
        request["FunctionName"] = name;
        request["PackageType"] = "Image";
        request["Role"] = "arn:aws:iam::000000000000:role/r";
        request["Code"] = new JsonObject { ["ImageUri"] = program };
        return request.ToJsonString();
    }

    private static string Zipped(string name, byte[] zip, string runtime = "provided.al2023") => new JsonObject
    {
        ["FunctionName"] = name,
        ["Runtime"] = runtime,
        ["Timeout"] = 60,
        ["Handler"] = "bootstrap",
        ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) },
    }.ToJsonString();

    private static byte[] Zip(string entry, string content)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var writer = new StreamWriter(archive.CreateEntry(entry).Open()))
            writer.Write(content);
        return bytes.ToArray();
    }

    private static void AssertRefused(Answer answer, int status, string type, string message)
    {
        Assert.Equal((status, type), (answer.Status, answer.Header("x-amzn-ErrorType")));
        Assert.StartsWith(message, (string?)answer.Json["message"], StringComparison.Ordinal);
    }
}
