namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>The AWS CLI, version 1 or 2, calling a server.</summary>
internal sealed class AwsCli(TestServer server)
{
    private readonly string _program = Skip.UnlessInstalled(
        ClientRun.Find("aws"), "the AWS CLI is not on the path (scripts/test.sh installs it, or: apt-get install awscli)");

    /// <summary>Runs <c>aws lambda ...</c>.</summary>
    public Task<ClientRun> LambdaAsync(params string[] arguments) => ClientRun.OfAsync(
        _program, ["lambda", .. arguments, "--endpoint-url", server.Server.Endpoint.AbsoluteUri.TrimEnd('/'), "--output", "json"]);

    /// <summary>Runs <c>aws lambda invoke</c>; the event and the answer are files, which mean the same to both versions of the CLI.</summary>
    /// <returns>The run, and the function's answer: empty when there is none.</returns>
    public async Task<(ClientRun Run, string Answer)> InvokeAsync(string payload, string function = "f", params string[] options)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.File("event.json"), payload);
        ClientRun run = await LambdaAsync([
            "invoke", "--function-name", function, "--payload", $"fileb://{directory.File("event.json")}", .. options, directory.File("answer.json"),
        ]);
        string answer = directory.File("answer.json");
        return (run, File.Exists(answer) ? await File.ReadAllTextAsync(answer) : "");
    }
}
