using System.Text.Json;
using AotRecTrainer.Deploy.Tests.Support;
using Xunit;

namespace AotRecTrainer.Deploy.Tests;

/// <summary>The stack, created and destroyed by the scripts at other people's CloudFormation.</summary>
public sealed class DeployTests(AwsService aws) : IClassFixture<AwsService>
{
    private const string Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/aotrec@sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task Deploy_ThenDestroy_LeavesNothing()
    {
        aws.ShouldBeThere();
        Dictionary<string, string> stack = await DeployAsync("whole", "WorkerMemory=512", "WorkerTimeout=60");
        Assert.Equal(["Bucket", "Coordinator", "DeadLetters", "Worker"], stack.Keys.Order(StringComparer.Ordinal));

        JsonElement coordinator = await aws.AskAsync("lambda", "get-function-configuration", "--function-name", stack["Coordinator"]);
        JsonElement worker = await aws.AskAsync("lambda", "get-function-configuration", "--function-name", stack["Worker"]);
        Assert.Equal(stack["Worker"], coordinator.GetProperty("Environment").GetProperty("Variables").GetProperty("AOTREC_WORKER_FUNCTION").GetString());
        Assert.Equal((1769, 512), (coordinator.GetProperty("MemorySize").GetInt32(), worker.GetProperty("MemorySize").GetInt32()));
        Assert.Equal((900, 60), (coordinator.GetProperty("Timeout").GetInt32(), worker.GetProperty("Timeout").GetInt32()));
        JsonElement logs = await aws.AskAsync("logs", "describe-log-groups", "--log-group-name-prefix", "/aws/lambda/whole-");
        Assert.Equal(
            [("/aws/lambda/whole-coordinator", 14), ("/aws/lambda/whole-worker", 14)],
            logs.GetProperty("logGroups").EnumerateArray().Select(group => (group.GetProperty("logGroupName").GetString()!, group.GetProperty("retentionInDays").GetInt32())));
        JsonElement encryption = await aws.AskAsync("s3api", "get-bucket-encryption", "--bucket", stack["Bucket"]);
        Assert.Equal("AES256", encryption.GetProperty("ServerSideEncryptionConfiguration").GetProperty("Rules")[0]
            .GetProperty("ApplyServerSideEncryptionByDefault").GetProperty("SSEAlgorithm").GetString());

        await aws.AskAsync("s3api", "put-object", "--bucket", stack["Bucket"], "--key", "runs/a/model/model.json");
        (await CommandRun.OfScriptAsync("destroy.sh", ["--stack", "whole"], aws.Variables)).ShouldFail(2, "is not empty");
        (await CommandRun.OfScriptAsync("destroy.sh", ["--stack", "whole", "--with-data"], aws.Variables)).ShouldSucceed();
        Assert.DoesNotContain(
            (await aws.AskAsync("lambda", "list-functions")).GetProperty("Functions").EnumerateArray(),
            function => function.GetProperty("FunctionName").GetString()!.StartsWith("whole-", StringComparison.Ordinal));
        Assert.DoesNotContain(
            (await aws.AskAsync("s3api", "list-buckets")).GetProperty("Buckets").EnumerateArray(),
            bucket => bucket.GetProperty("Name").GetString() == stack["Bucket"]);
        (await CommandRun.OfScriptAsync("destroy.sh", ["--stack", "whole"], aws.Variables)).ShouldFail(2, "no stack whole");
    }

    [Fact]
    public async Task Deploy_Roles_MayDoWhatTheyMustAndNoMore()
    {
        aws.ShouldBeThere();
        Dictionary<string, string> stack = await DeployAsync("roles");
        List<(string Action, string Resource)> worker = await RightsAsync("roles", "worker");
        List<(string Action, string Resource)> coordinator = await RightsAsync("roles", "coordinator");
        string bucket = $"arn:aws:s3:::{stack["Bucket"]}";

        Assert.DoesNotContain(worker, right => right.Action.StartsWith("lambda:", StringComparison.Ordinal));
        Assert.Equal(
            "arn:aws:lambda:us-east-1:123456789012:function:roles-worker",
            Assert.Single(coordinator, right => right.Action == "lambda:InvokeFunction").Resource);
        Assert.All(worker.Concat(coordinator), right =>
        {
            Assert.DoesNotContain('*', right.Action);
            if (right.Action.StartsWith("s3:", StringComparison.Ordinal) && right.Action != "s3:ListBucket")
                Assert.True(right.Resource.StartsWith($"{bucket}/datasets/", StringComparison.Ordinal) || right.Resource.StartsWith($"{bucket}/runs/", StringComparison.Ordinal), right.Resource);
            else
                Assert.False(right.Resource.StartsWith('*'), $"{right.Action} on {right.Resource}");
        });
        Assert.All(
            worker.Concat(coordinator).Where(right => right.Action is "s3:PutObject" or "s3:DeleteObject"),
            right => Assert.StartsWith($"{bucket}/runs/", right.Resource, StringComparison.Ordinal));
        Assert.Contains(coordinator, right => right == ("s3:GetObject", $"{bucket}/runs/*"));
        Assert.Contains(worker, right => right == ("s3:PutObject", $"{bucket}/runs/*/rounds/*"));
    }

    private async Task<Dictionary<string, string>> DeployAsync(string name, params string[] parameters)
    {
        CommandRun run = (await CommandRun.OfScriptAsync("deploy.sh", ["--image", Image, "--stack", name, .. parameters], aws.Variables)).ShouldSucceed();
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);
    }

    /// <summary>Every pair of an action and a resource that a function's role allows.</summary>
    private async Task<List<(string Action, string Resource)>> RightsAsync(string stack, string function)
    {
        JsonElement configuration = await aws.AskAsync("lambda", "get-function-configuration", "--function-name", $"{stack}-{function}");
        string role = configuration.GetProperty("Role").GetString()!.Split('/')[^1];
        JsonElement policy = await aws.AskAsync("iam", "get-role-policy", "--role-name", role, "--policy-name", function);

        // moto gives the document back as Python prints it.
        using JsonDocument document = JsonDocument.Parse(policy.GetProperty("PolicyDocument").ToString().Replace('\'', '"'));
        return
        [
            .. from statement in document.RootElement.GetProperty("Statement").EnumerateArray()
               from action in OneOrMany(statement.GetProperty("Action"))
               from resource in OneOrMany(statement.GetProperty("Resource"))
               select (action, resource),
        ];
    }

    private static string[] OneOrMany(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(item => item.GetString()!)] : [element.GetString()!];
}
