using System.Formats.Tar;
using System.Text.Json;
using AotRecTrainer.Deploy.Tests.Support;
using Xunit;

namespace AotRecTrainer.Deploy.Tests;

/// <summary>An image pushed with a real Docker engine to a real registry, behind other people's ECR.</summary>
public sealed class PushTests(AwsService aws, EngineService engine) : IClassFixture<AwsService>, IClassFixture<EngineService>
{
    private const string Revision = "0123456789abcdef0123456789abcdef01234567";

    [Fact]
    public async Task Push_ToARepositoryThatIsNotThere_MakesItAndPrintsTheDigest()
    {
        aws.ShouldBeThere();
        engine.ShouldBeThere();
        await ImportAsync("pushed:latest", $"LABEL org.opencontainers.image.revision={Revision}");

        CommandRun first = (await PushAsync("--image", "pushed:latest", "--repository", "models")).ShouldSucceed();
        string? digest = await engine.DigestOfAsync("models", Revision[..12]);
        Assert.NotNull(digest);
        Assert.Equal($"{engine.Registry}/models@{digest}\n", first.Output);
        JsonElement repository = Assert.Single((await aws.AskAsync("ecr", "describe-repositories")).GetProperty("repositories").EnumerateArray().ToArray());
        Assert.Equal("models", repository.GetProperty("repositoryName").GetString());
        Assert.Equal("IMMUTABLE", repository.GetProperty("imageTagMutability").GetString());
        Assert.True(repository.GetProperty("imageScanningConfiguration").GetProperty("scanOnPush").GetBoolean());

        CommandRun again = (await PushAsync("--image", "pushed:latest", "--repository", "models", "--tag", "again")).ShouldSucceed();
        Assert.Equal(first.Output, again.Output);
        Assert.Equal(digest, await engine.DigestOfAsync("models", "again"));
    }

    [Fact]
    public async Task Push_OfWhatCannotBePushed_IsOneLineAndCode2()
    {
        engine.ShouldBeThere();
        (await PushAsync("--image", "no-such-image:latest")).ShouldFail(2, "no-such-image:latest");
        await ImportAsync("without-revision:latest", "WORKDIR /");
        (await PushAsync("--image", "without-revision:latest")).ShouldFail(2, "--tag");
    }

    private Task<CommandRun> PushAsync(params string[] arguments) => CommandRun.OfScriptAsync("push-ecr.sh", arguments, Variables());

    /// <summary>An image of one small file.</summary>
    private async Task ImportAsync(string name, string change)
    {
        string archive = Path.GetTempFileName();
        try
        {
            await using (FileStream file = File.Create(archive))
            await using (TarWriter tar = new(file))
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "bootstrap") { DataStream = new MemoryStream([7]) }, TestContext.Current.CancellationToken);
            (await CommandRun.OfAsync("docker", ["import", "--change", change, archive, name], engine.Variables)).ShouldSucceed();
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private Dictionary<string, string> Variables()
    {
        Dictionary<string, string> variables = new(aws.Variables, StringComparer.Ordinal) { ["AOTREC_REGISTRY"] = engine.Registry };
        foreach ((string name, string value) in engine.Variables) variables[name] = value;
        return variables;
    }
}
