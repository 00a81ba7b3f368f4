using System.Xml.Linq;
using AotRecTrainer.Deploy.Tests.Support;
using Xunit;

namespace AotRecTrainer.Deploy.Tests;

/// <summary>What would otherwise show only in a build that takes minutes.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Lines = Checkout.Read("Dockerfile").Split('\n');

    [Fact]
    public void Dockerfile_RestoreLayer_HasEveryProjectOfTheFunctionAndNoOther()
    {
        string[] copied =
        [
            .. Lines.Where(line => line.StartsWith("COPY src/AotRecTrainer.", StringComparison.Ordinal)).Select(line => line.Split('/')[1]),
        ];
        Assert.Equal(ProjectsOf("AotRecTrainer.Function").Order(StringComparer.Ordinal), copied);
        Assert.All(copied, project => Assert.Contains($"COPY src/{project}/*.csproj", Checkout.Read("Dockerfile"), StringComparison.Ordinal));
        Assert.All(copied, project => Assert.Contains($" src/{project}/packages.lock.json src/{project}/\n", Checkout.Read("Dockerfile"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble-aot")]
    [InlineData("RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled")]
    public void Dockerfile_BaseImages_AreArgumentsOfOneDistribution(string argument) => Assert.Contains($"ARG {argument}", Lines);

    [Fact]
    public void Dockerfile_User_IsNotRoot() => Assert.Equal("USER 1654", Assert.Single(Lines, line => line.StartsWith("USER", StringComparison.Ordinal)));

    [Fact]
    public void Dockerfile_CopiedFiles_AreNotIgnored()
    {
        string[] kept = [.. Checkout.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..])];
        IEnumerable<string> sources = Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]);
        Assert.All(sources, source => Assert.Contains(source.Split('/')[0], kept));
    }

    private static HashSet<string> ProjectsOf(string project)
    {
        HashSet<string> projects = new([project], StringComparer.Ordinal);
        XDocument file = XDocument.Load(Checkout.PathOf("src", project, $"{project}.csproj"));
        foreach (XElement reference in file.Descendants("ProjectReference"))
            projects.UnionWith(ProjectsOf(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)));
        return projects;
    }
}
