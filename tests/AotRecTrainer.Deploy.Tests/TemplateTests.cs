using AotRecTrainer.Deploy.Tests.Support;
using Xunit;

namespace AotRecTrainer.Deploy.Tests;

public sealed class TemplateTests
{
    [Fact]
    public async Task Template_CfnLint_FindsNothing()
    {
        CommandRun run;
        try
        {
            run = await CommandRun.OfAsync("cfn-lint", [Checkout.PathOf("scripts", "aws", "template.yaml")]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("cfn-lint is not on the path; it comes with moto (pip install 'moto[server]')");
            return;
        }

        Assert.Equal("", run.ShouldSucceed().Output);
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
        string[] template = Checkout.Read("scripts", "aws", "template.yaml").Split('\n');
        string[] parameters =
        [
            .. template.SkipWhile(line => line != "Parameters:").Skip(1).TakeWhile(line => line != "Conditions:")
                .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim().TrimEnd(':')),
        ];
        Assert.Contains("WorkerConcurrency", parameters);
        Assert.All(parameters.Except(["ImageUri"], StringComparer.Ordinal), parameter => Assert.Contains($"  {parameter} ", help.Output, StringComparison.Ordinal));
    }
}
