using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AotRecTrainer.EndToEnd.Tests.Support;
using AotRecTrainer.Testing;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary><c>aotrec logs</c> of a run here, and of one on AWS as moto has it.</summary>
public sealed class LogsTests(PlantedDataset data)
{
    private const string Begins = "run demo: coordinator 1 begins";

    [Fact]
    public async Task Logs_OfALocalRun_HaveTheCoordinatorsLinesAndThoseOfEachWorker()
    {
        using TemporaryFolder folder = new();
        await Training.RunAsync(data.Path, folder["runs"], "--run demo --workers 2 --epochs 3");
        Assert.Contains(Begins, await ReadAsync(folder["runs/demo"], variables: null, "--worker", "0"), StringComparison.Ordinal);
        foreach (string worker in (string[])["1", "2"])
        {
            string[] lines = (await ReadAsync(folder["runs/demo"], variables: null, "--worker", worker)).Split('\n');
            Assert.Single(lines.Select(FunctionLog.InstancePid).OfType<int>().Distinct());
            Assert.Contains(lines, line => line.StartsWith("REPORT ", StringComparison.Ordinal));
        }

        Assert.Equal("", await ReadAsync(folder["runs/demo"], variables: null, "--level", "warn"));
    }

    [Fact]
    public async Task Logs_OfARunOnAws_AreThoseOfItsCoordinatorsAndOfTheWorkersMeanwhile()
    {
        string reason = "";
        await using S3TestServer? server = await S3TestServer.TryStartMotoAsync(why => reason = why);
        Assert.SkipWhen(server is null, reason);
        using TemporaryFolder folder = new();
        await Training.RunAsync(data.Path, folder["runs"], "--run demo --workers 0 --epochs 1");
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000;
        await PutAsync(
            server, "/aws/lambda/it-coordinator", "one",
            [(now, Line("c0", "run demo2: coordinator 1 begins")), (now + 10, Line("c1", Begins)), (now + 15, Line("c0", "of the other")), (now + 30, Report("c1"))]);
        await PutAsync(
            server, "/aws/lambda/it-worker", "two",
            [(now + 5, Line("w0", "before")), (now + 20, Line("w1", "meanwhile", "WARN")), (now + 40, Line("w2", "after"))]);
        Dictionary<string, string> variables = new(server.Variables, StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"] = server.Endpoint.AbsoluteUri,
        };
        string[] options = ["--function", "it-coordinator", "--worker-function", "it-worker"];
        string[] lines = (await ReadAsync(folder["runs/demo"], variables, options)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith($"\tc1\tINFO\t{Begins}", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("\tw1\tWARN\tmeanwhile", lines[1], StringComparison.Ordinal);
        Assert.Contains("platform.report", lines[2], StringComparison.Ordinal);
        Assert.Equal(lines[1] + "\n", await ReadAsync(folder["runs/demo"], variables, [.. options, "--level", "warn"]));

        ProgramRun wrong = await ProgramRun.OfAsync(
            Checkout.Aotrec, ["logs", folder["runs/demo"], "--function", "nobody"], variables);
        wrong.ShouldFail(1, "log group /aws/lambda/nobody: status 400 ResourceNotFoundException");
    }

    private static string Line(string id, string message, string level = "INFO") =>
        $$"""{"timestamp":"2026-11-25T09:13:11.868Z","level":"{{level}}","requestId":"{{id}}","message":"{{message}}"}""";

    private static string Report(string id) =>
        $$$"""{"time":"2026-11-25T09:13:11.868Z","type":"platform.report","record":{"requestId":"{{{id}}}","status":"success"}}""";

    private static async Task<string> ReadAsync(string run, IReadOnlyDictionary<string, string>? variables, params string[] options) =>
        (await ProgramRun.OfAsync(Checkout.Aotrec, ["logs", run, .. options], variables)).ShouldSucceed().Output;

    private static async Task PutAsync(S3TestServer server, string group, string stream, (long Time, string Message)[] lines)
    {
        await CallAsync(server, "CreateLogGroup", new { logGroupName = group });
        await CallAsync(server, "CreateLogStream", new { logGroupName = group, logStreamName = stream });
        await CallAsync(
            server, "PutLogEvents",
            new { logGroupName = group, logStreamName = stream, logEvents = lines.Select(line => new { timestamp = line.Time, message = line.Message }).ToArray() });
    }

    private static async Task CallAsync(S3TestServer server, string action, object body)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, server.Endpoint);
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=any/20261125/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0");
        request.Headers.Add("X-Amz-Target", $"Logs_20140328.{action}");
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/x-amz-json-1.1"));
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
