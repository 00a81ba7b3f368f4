using System.Text.Json.Nodes;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Clients;

/// <summary>What AWS's SDK for Python makes of the server's answers.</summary>
public sealed class Boto3Tests
{
    [Fact]
    public async Task Invoke_Synchronous_HasTheAnswerItsVersionAndItsRequestId()
    {
        await using TestServer server = await TestServer.StartAsync();

        JsonNode found = await new Boto3(server).RunAsync("""
            context = base64.b64encode(b'{"custom": {"a": "b"}}').decode()
            answer = client.invoke(FunctionName="f", Payload=b'{"n": 1}', ClientContext=context)
            body = json.load(answer["Payload"])
            show(status=answer["StatusCode"], version=answer["ExecutedVersion"], failed="FunctionError" in answer, event=body["event"],
                 context=json.loads(body["clientContext"]), same=body["requestId"] == answer["ResponseMetadata"]["RequestId"])
            """);

        AssertShown("""{"status":200,"version":"$LATEST","failed":false,"event":{"n":1},"context":{"custom":{"a":"b"}},"same":true}""", found);
    }

    [Fact]
    public async Task Invoke_Asynchronous_IsAcceptedAndRunsAndDryRunDoesNot()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync();

        JsonNode found = await new Boto3(server).RunAsync(
            """
            event = json.dumps({"do": "note", "file": sys.argv[2], "failures": 1})
            dry = client.invoke(FunctionName="f", InvocationType="DryRun", Payload=event)
            answer = client.invoke(FunctionName="f", InvocationType="Event", Payload=event)
            show(dry=dry["StatusCode"], status=answer["StatusCode"], body=answer["Payload"].read().decode(), id=answer["ResponseMetadata"]["RequestId"])
            """,
            directory.File("notes"));

        Assert.Equal((204, 202, ""), ((int)found["dry"]!, (int)found["status"]!, (string?)found["body"]));
        IReadOnlyList<InvocationReport> reports = await Eventually.Async(() => server.Reports, r => r.Count == 2);
        Assert.Equal(["error", "success"], reports.Select(r => r.Status)); // failed once, tried again
        Assert.All(reports, report => Assert.Equal((string?)found["id"], report.RequestId));
    }

    [Fact]
    public async Task Invoke_LogTail_IsTheInvocationsLog()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { MemoryMegabytes = 640 });

        JsonNode found = await new Boto3(server).RunAsync("""
            answer = client.invoke(FunctionName="f", LogType="Tail", Payload=b'{"do": "print", "text": "at work"}')
            show(id=answer["ResponseMetadata"]["RequestId"], log=base64.b64decode(answer["LogResult"]).decode().splitlines())
            """);

        string[] log = [.. found["log"]!.AsArray().Select(line => (string)line!)];
        Assert.Equal($"START RequestId: {found["id"]} Version: $LATEST", log[0]);
        Assert.Contains("at work", log);
        Assert.StartsWith($"REPORT RequestId: {found["id"]}\tDuration: ", log[^1], StringComparison.Ordinal);
        Assert.Contains("Memory Size: 640 MB", log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_FunctionFails_IsAnAnswerWithFunctionError()
    {
        await using TestServer server = await TestServer.StartAsync(
            TestServer.Function(), TestServer.Function() with { Name = "hasty", Timeout = TimeSpan.FromMilliseconds(300) });

        JsonNode found = await new Boto3(server).RunAsync("""
            def fail(function, event, words=0):
                answer = client.invoke(FunctionName=function, Payload=json.dumps(event))
                body = json.load(answer["Payload"])
                return [answer["StatusCode"], answer["FunctionError"], body["errorType"], body["errorMessage"].split(" ", words)[-1]]


            show(reported=fail("f", {"do": "fail", "type": "Function.NoModel"}),
                 exited=fail("f", {"do": "exit", "code": 7}, words=2),  # after "RequestId: ..."
                 late=fail("hasty", {"do": "sleep"}, words=2))  # after the time and the request's id
            """);

        AssertShown(
            """
            {"reported":[200,"Unhandled","Function.NoModel","no model"],
             "exited":[200,"Unhandled","Runtime.ExitError","Error: Runtime exited with error: exit status 7"],
             "late":[200,"Unhandled","Sandbox.Timedout","Task timed out after 0.30 seconds"]}
            """,
            found);
    }

    [Fact]
    public async Task Invoke_Refused_RaisesTheTypedException()
    {
        await using TestServer server = await TestServer.StartAsync();

        JsonNode found = await new Boto3(server).RunAsync("""
            def refusal(error, **call):
                try:
                    client.invoke(**call)
                except getattr(client.exceptions, error) as e:
                    return e.response["ResponseMetadata"]["HTTPStatusCode"]


            show(absent=refusal("ResourceNotFoundException", FunctionName="absent"),
                 version=refusal("ResourceNotFoundException", FunctionName="f", Qualifier="7"),
                 malformed=refusal("InvalidRequestContentException", FunctionName="f", Payload=b"{"),
                 large=refusal("RequestTooLargeException", FunctionName="f", Payload=b" " * (6 << 20) + b"1"),
                 event=refusal("RequestTooLargeException", FunctionName="f", InvocationType="Event", Payload=b" " * (1 << 20) + b"1"))
            """);

        AssertShown("""{"absent":404,"version":404,"malformed":400,"large":413,"event":413}""", found);
    }

    [Fact]
    public async Task Invoke_Throttled_RaisesTheTypedExceptionAndTheSdksRetriesGetThrough()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(options => options with { Concurrency = 1 });
        string meet = new JsonObject { ["do"] = "meet", ["directory"] = directory.Path, ["others"] = 1 }.ToJsonString();
        Task<Answer> first = server.InvokeAsync(meet);
        await Eventually.Async(() => Directory.GetFiles(directory.Path).Length, n => n == 1);

        JsonNode found = await new Boto3(server).RunAsync(
            """
            try:
                client.invoke(FunctionName="f")
            except client.exceptions.TooManyRequestsException as e:
                refused = [e.response["ResponseMetadata"]["HTTPStatusCode"], e.response["Reason"], e.response["Error"]["Message"]]
            patient = connect(attempts=10)
            # Lets the first go only when the patient one has been refused once.
            patient.meta.events.register("needs-retry.lambda.Invoke", lambda **_: open(sys.argv[2], "w").close())
            answer = patient.invoke(FunctionName="f")
            show(refused=refused, status=answer["StatusCode"], retried=answer["ResponseMetadata"]["RetryAttempts"] > 0)
            """,
            directory.File("other"));

        AssertShown("""{"refused":[429,"ConcurrentInvocationLimitExceeded","Rate Exceeded."],"status":200,"retried":true}""", found);
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task Invoke_ManyThreads_AreServedSideBySide()
    {
        await using TestServer server = await TestServer.StartAsync();

        JsonNode found = await new Boto3(server).RunAsync("""
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(4) as threads:
                bodies = list(threads.map(
                    lambda n: json.load(client.invoke(FunctionName="f", Payload=json.dumps({"n": n}))["Payload"]), range(40)))
            show(events=[body["event"]["n"] for body in bodies], processes=len({body["pid"] for body in bodies}))
            """);

        Assert.Equal(Enumerable.Range(0, 40), found["events"]!.AsArray().Select(n => (int)n!));
        Assert.InRange((int)found["processes"]!, 1, 6);
    }

    [Fact]
    public async Task Functions_MadeChangedAndDeleted_AreAsTheSdkAsked()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync();

        JsonNode found = await new Boto3(server).RunAsync(
            """
            def memory():
                return json.load(client.invoke(FunctionName="made")["Payload"])["variables"]["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]


            client.create_function(FunctionName="made", Role="arn:aws:iam::000000000000:role/r", PackageType="Image", Code={"ImageUri": sys.argv[2]},
                                   Timeout=60, MemorySize=256, Environment={"Variables": {"EXTRA": "x"}})
            client.get_waiter("function_active_v2").wait(FunctionName="made")
            before = memory()
            client.update_function_configuration(FunctionName="made", MemorySize=512)
            client.get_waiter("function_updated_v2").wait(FunctionName="made")
            after = memory()
            pages = client.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 1})
            names = [function["FunctionName"] for page in pages for function in page["Functions"]]
            variables = client.get_function_configuration(FunctionName="made")["Environment"]["Variables"]
            client.delete_function(FunctionName="made")
            try:
                client.get_function(FunctionName="made")
            except client.exceptions.ResourceNotFoundException:
                show(memory=[before, after], names=names, variables=variables)
            """,
            FunctionProgram.Create(directory));

        AssertShown("""{"memory":["256","512"],"names":["f","made"],"variables":{"EXTRA":"x"}}""", found);
    }

    private static void AssertShown(string expected, JsonNode found) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), found), found.ToJsonString());
}
