using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>
/// A function that does as its event says. It speaks the Runtime API by itself, with none of the product's code, so that both
/// sides cannot agree on the same mistake.
/// </summary>
internal sealed class TestFunction : IDisposable
{
    public const string Argument = "function";

    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly string _base = $"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/";
    private int _count;

    /// <param name="options">What start-up comes to: nothing, <c>init-error</c>, <c>init-exit</c>, <c>init-hang</c>, <c>print TEXT</c>.</param>
    public static async Task<int> RunAsync(string[] options)
    {
        using var function = new TestFunction();
        switch (options)
        {
            case ["init-error"]:
                await function.PostAsync("init/error", """{"errorMessage":"no kernel","errorType":"Runtime.NoKernel"}""", "Runtime.NoKernel");
                return 1;
            case ["init-exit"]:
                return 3;
            case ["init-hang"]:
                await Task.Delay(Timeout.Infinite);
                break;
            case ["print", var text]:
                Console.WriteLine(text);
                break;
        }

        while (true)
            await function.HandleAsync();
    }

    public void Dispose() => _http.Dispose();

    private async Task HandleAsync()
    {
        using HttpResponseMessage next = await _http.GetAsync(_base + "invocation/next");
        next.EnsureSuccessStatusCode();
        string Header(string name) => next.Headers.TryGetValues("Lambda-Runtime-" + name, out IEnumerable<string>? values) ? values.Single() : "";
        string id = Header("Aws-Request-Id");
        JsonNode? asked = JsonNode.Parse(await next.Content.ReadAsStringAsync());
        _count++;
        string invocation = $"invocation/{id}/";
        switch ((string?)(asked as JsonObject)?["do"])
        {
            case "sleep":
                await Task.Delay(Timeout.Infinite);
                break;
            case "fail":
                await PostAsync(invocation + "error", """{"errorMessage":"no model","errorType":"Function.NoModel"}""", (string?)asked!["type"]);
                return;
            case "exit":
                Environment.Exit((int)asked!["code"]!);
                break;
            case "abort":
                Process.GetCurrentProcess().Kill();
                break;
            case "eat":
                Eat((int)asked!["megabytes"]!);
                if (asked["forever"] is not null)
                    await Task.Delay(Timeout.Infinite);
                break;
            case "print":
                Print((string)asked!["text"]!, (int?)asked["times"] ?? 1);
                break;
            case "answer-bytes":
                await PostAsync(invocation + "response", "\"" + new string('x', (int)asked!["bytes"]! - 2) + "\"", null);
                return;
            case "ask-again":
                using (HttpResponseMessage again = await _http.GetAsync(_base + "invocation/next"))
                    await PostAsync(invocation + "response", $"{(int)again.StatusCode}", null);
                return;
            case "answer-other":
                int refused = await PostAsync("invocation/someone-elses/response", "1", null);
                int accepted = await PostAsync(invocation + "response", $"{refused}", null);
                int twice = await PostAsync(invocation + "response", "2", null);
                Console.WriteLine($"answers: {refused} {accepted} {twice}");
                return;
            case "child":
                using (Process child = Process.Start("sleep", "1000"))
                    await PostAsync(invocation + "response", $"{child.Id}", null);
                return;
            case "meet":
                await MeetAsync((string)asked!["directory"]!, (int)asked["others"]!);
                break;
            case "note":
                string file = (string)asked!["file"]!;
                await File.AppendAllTextAsync(file, id + "\n");
                if ((await File.ReadAllLinesAsync(file)).Length <= ((int?)asked["failures"] ?? 0))
                {
                    await PostAsync(invocation + "error", "{}", "Function.Again");
                    return;
                }

                break;
        }

        var answer = new JsonObject
        {
            ["pid"] = Environment.ProcessId,
            ["count"] = _count,
            ["event"] = asked?.DeepClone(),
            ["requestId"] = id,
            ["deadline"] = Header("Deadline-Ms"),
            ["arn"] = Header("Invoked-Function-Arn"),
            ["trace"] = Header("Trace-Id"),
            ["clientContext"] = Header("Client-Context"),
            ["variables"] = new JsonObject(
                Environment.GetEnvironmentVariables().Keys.Cast<string>()
                    .Where(name => name.Contains("LAMBDA", StringComparison.Ordinal) || name is "AWS_REGION" or "_HANDLER" or "EXTRA")
                    .Select(name => KeyValuePair.Create(name, (JsonNode?)Environment.GetEnvironmentVariable(name)))),
        };
        await PostAsync(invocation + "response", answer.ToJsonString(), null);
    }

    private static void Print(string text, int times)
    {
        var lines = new StringBuilder();
        for (int i = 0; i < times; i++)
            lines.Append(text).Append('\n');
        Console.Out.Write(lines);
        Console.Error.Write("to stderr\n");
    }

    /// <summary>Returns when that many others are running it at the same time.</summary>
    private static async Task MeetAsync(string directory, int others)
    {
        await File.WriteAllTextAsync(Path.Combine(directory, $"{Environment.ProcessId}"), "");
        while (Directory.GetFiles(directory).Length <= others)
            await Task.Delay(5);
    }

    /// <summary>Native memory, for the managed heap keeps within a limit that it sees, and would not be killed.</summary>
    private static unsafe void Eat(int megabytes)
    {
        nuint bytes = (nuint)megabytes * 1024 * 1024;
        new Span<byte>(NativeMemory.Alloc(bytes), (int)bytes).Fill(1);
    }

    private async Task<int> PostAsync(string path, string body, string? errorType)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (errorType is not null)
            content.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        using HttpResponseMessage response = await _http.PostAsync(_base + path, content);
        return (int)response.StatusCode;
    }
}
