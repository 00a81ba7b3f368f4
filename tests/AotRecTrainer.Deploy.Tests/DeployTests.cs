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
        RolePolicy worker = await PolicyAsync("roles", "worker");
        RolePolicy coordinator = await PolicyAsync("roles", "coordinator");
        string bucket = $"arn:aws:s3:::{stack["Bucket"]}";

        Assert.DoesNotContain(worker.Rights, right => right.Action.StartsWith("lambda:", StringComparison.Ordinal));
        Assert.Equal(
            ["arn:aws:lambda:us-east-1:123456789012:function:roles-worker", "arn:aws:lambda:us-east-1:123456789012:function:roles-coordinator"],
            coordinator.Rights.Where(right => right.Action == "lambda:InvokeFunction").Select(right => right.Resource));
        Assert.All(worker.Rights.Concat(coordinator.Rights), right =>
        {
            Assert.DoesNotContain('*', right.Action);
            if (right.Action.StartsWith("s3:", StringComparison.Ordinal) && right.Action != "s3:ListBucket")
                Assert.True(right.Resource.StartsWith($"{bucket}/datasets/", StringComparison.Ordinal) || right.Resource.StartsWith($"{bucket}/runs/", StringComparison.Ordinal), right.Resource);
            else
                Assert.False(right.Resource.StartsWith('*'), $"{right.Action} on {right.Resource}");
        });

        AssertListsThePrefixesOnly(worker, bucket);
        AssertListsThePrefixesOnly(coordinator, bucket);
        AssertMay(worker, bucket, "s3:GetObject", "datasets/a/train/shard-00000.parquet", "runs/a/rounds/00001/parameters.arrow");
        AssertMay(worker, bucket, "s3:PutObject", "runs/a/rounds/00001/statistics/shard-00000.arrow");
        AssertMay(worker, bucket, "s3:DeleteObject", "runs/a/rounds/00001/statistics/shard-00000.arrow");
        AssertMayNot(worker, bucket, "s3:GetObject", "runs/a/checkpoints/00001/state.arrow", "runs/a/lease.json", "other/a", "a");
        AssertMayNot(worker, bucket, "s3:PutObject", "datasets/a/manifest.json", "runs/a/model/model.json", "other/a");
        AssertMayNot(worker, bucket, "s3:DeleteObject", "datasets/a/manifest.json", "runs/a/model/model.json", "other/a");

        AssertMay(coordinator, bucket, "s3:GetObject", "datasets/a/manifest.json", "runs/a/lease.json", "runs/a/checkpoints/00001/state.arrow");
        AssertMay(coordinator, bucket, "s3:PutObject", "runs/a/lease.json", "runs/a/model/model.json");
        AssertMay(coordinator, bucket, "s3:DeleteObject", "runs/a/rounds/00001/parameters.arrow", "runs/a/checkpoints/00001/state.arrow", "runs/a/cancel.json");
        AssertMayNot(coordinator, bucket, "s3:GetObject", "other/a", "a");
        AssertMayNot(coordinator, bucket, "s3:PutObject", "datasets/a/manifest.json", "other/a");
        AssertMayNot(coordinator, bucket, "s3:DeleteObject", "datasets/a/manifest.json", "runs/a/model/model.json", "runs/a/lease.json");
    }

    /// <summary>Below the two prefixes; not beside them, and not where a request names no prefix.</summary>
    private static void AssertListsThePrefixesOnly(RolePolicy policy, string bucket)
    {
        const string Action = "s3:ListBucket";
        foreach (string inside in (string[])["datasets/", "datasets/a/train/", "runs/a/rounds/00001/statistics/", "runs/a/lease.json"])
            Assert.True(policy.Allows(Action, bucket, ("s3:prefix", inside)), $"'{inside}' may not be listed");
        foreach (string outside in (string[])["", "datasets", "run", "other/", "other/datasets/"])
            Assert.False(policy.Allows(Action, bucket, ("s3:prefix", outside)), $"'{outside}' may be listed");
        Assert.False(policy.Allows(Action, bucket), "a list without a prefix is allowed");
        Assert.False(policy.Allows(Action, "arn:aws:s3:::another", ("s3:prefix", "runs/")), "another bucket may be listed");
    }

    private static void AssertMay(RolePolicy policy, string bucket, string action, params string[] keys) =>
        Assert.All(keys, key => Assert.True(policy.Allows(action, $"{bucket}/{key}"), $"{action} of {key} is denied"));

    private static void AssertMayNot(RolePolicy policy, string bucket, string action, params string[] keys) =>
        Assert.All(keys, key => Assert.False(policy.Allows(action, $"{bucket}/{key}"), $"{action} of {key} is allowed"));

    private async Task<Dictionary<string, string>> DeployAsync(string name, params string[] parameters)
    {
        CommandRun run = (await CommandRun.OfScriptAsync("deploy.sh", ["--image", Image, "--stack", name, .. parameters], aws.Variables)).ShouldSucceed();
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);
    }

    /// <summary>The policy of a function's role.</summary>
    private async Task<RolePolicy> PolicyAsync(string stack, string function)
    {
        JsonElement configuration = await aws.AskAsync("lambda", "get-function-configuration", "--function-name", $"{stack}-{function}");
        string role = configuration.GetProperty("Role").GetString()!.Split('/')[^1];
        JsonElement policy = await aws.AskAsync("iam", "get-role-policy", "--role-name", role, "--policy-name", function);

        // moto gives the document back as Python prints it.
        using JsonDocument document = JsonDocument.Parse(policy.GetProperty("PolicyDocument").ToString().Replace('\'', '"'));
        return new RolePolicy(document.RootElement);
    }
}
