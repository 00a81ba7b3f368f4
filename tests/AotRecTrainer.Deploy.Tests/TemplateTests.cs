using System.ComponentModel;
using System.Text.Json;
using AotRecTrainer.Deploy.Tests.Support;
using Xunit;

namespace AotRecTrainer.Deploy.Tests;

/// <summary>The template as other people's tools read it.</summary>
public sealed class TemplateTests
{
    private static readonly string Template = Checkout.PathOf("scripts", "aws", "template.yaml");

    [Fact]
    public async Task Template_CfnLint_FindsNothing()
    {
        CommandRun run;
        try
        {
            run = await CommandRun.OfAsync("cfn-lint", [Template]);
        }
        catch (Win32Exception)
        {
            Assert.Skip("cfn-lint is not on the path; it comes with moto (pip install 'moto[server]')");
            return;
        }

        Assert.Equal("", run.ShouldSucceed().Output);
    }

    /// <summary>What moto's CloudFormation leaves out.</summary>
    [Fact]
    public async Task Template_Bucket_IsPrivateAndTakesTlsOnly()
    {
        CommandRun run = await CommandRun.OfAsync(
            "python3", ["-c", "import cfnlint.decode, json, sys; print(json.dumps(cfnlint.decode.decode(sys.argv[1])[0]))", Template]);
        Assert.SkipWhen(run.ExitCode != 0, $"python3 cannot read the template with cfn-lint's module: {run.Error.TrimEnd().Split('\n')[^1]}");
        using JsonDocument template = JsonDocument.Parse(run.Output);
        JsonElement resources = template.RootElement.GetProperty("Resources");
        JsonElement bucket = resources.GetProperty("Bucket").GetProperty("Properties");
        JsonProperty[] blocks = [.. bucket.GetProperty("PublicAccessBlockConfiguration").EnumerateObject()];
        Assert.Equal(4, blocks.Length);
        Assert.All(blocks, block => Assert.True(block.Value.GetBoolean(), block.Name));
        JsonElement denied = resources.GetProperty("BucketPolicy").GetProperty("Properties").GetProperty("PolicyDocument").GetProperty("Statement")[0];
        Assert.Equal(("Deny", "s3:*"), (denied.GetProperty("Effect").GetString(), denied.GetProperty("Action").GetString()));
        Assert.Equal("false", denied.GetProperty("Condition").GetProperty("Bool").GetProperty("aws:SecureTransport").GetString());
        foreach (string function in (string[])["Coordinator", "Worker"])
        {
            JsonElement properties = resources.GetProperty(function).GetProperty("Properties");
            Assert.Equal("Image", properties.GetProperty("PackageType").GetString());
            Assert.Equal("true", properties.GetProperty("Environment").GetProperty("Variables").GetProperty("AOTREC_TAG_ROUNDS").GetString());
            Assert.True(properties.TryGetProperty("DeadLetterConfig", out _), function);
        }

        // The functions' tag is the rule's.
        JsonElement tag = bucket.GetProperty("LifecycleConfiguration").GetProperty("Rules")[0].GetProperty("TagFilters")[0];
        Assert.Equal(("aotrec", "transient"), (tag.GetProperty("Key").GetString(), tag.GetProperty("Value").GetString()));
    }

    [Theory]
    [InlineData("--stack", "Up")]
    [InlineData("--stack", "")]
    [InlineData("--frobnicate", "")]
    [InlineData("Frobnication=1", "")]
    public async Task Deploy_WrongArguments_IsRefusedBeforeAwsIsAsked(string option, string value) =>
        (await CommandRun.OfScriptAsync("deploy.sh", ["--image", "an-image", option, value])).ShouldFail(2, option.Split('=')[0]);

    [Fact]
    public async Task Deploy_Help_ListsEveryParameterOfTheTemplate()
    {
        CommandRun help = (await CommandRun.OfScriptAsync("deploy.sh", ["--help"])).ShouldSucceed();
        string[] template = File.ReadAllLines(Template);
        string[] parameters =
        [
            .. template.SkipWhile(line => line != "Parameters:").Skip(1).TakeWhile(line => line != "Conditions:")
                .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim().TrimEnd(':')),
        ];
        Assert.Contains("WorkerConcurrency", parameters);
        Assert.All(parameters.Except(["ImageUri"], StringComparer.Ordinal), parameter => Assert.Contains($"  {parameter} ", help.Output, StringComparison.Ordinal));
    }
}
