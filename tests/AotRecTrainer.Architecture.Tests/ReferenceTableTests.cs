using System.Xml.Linq;
using Xunit;

namespace AotRecTrainer.Architecture.Tests;

/// <summary>Holds the table of allowed references of docs/ARCHITECTURE.md.</summary>
public sealed class ReferenceTableTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Kernels"] = [],
        ["Columnar"] = [],
        ["Storage"] = [],
        ["LocalLambda"] = [],
        ["Model"] = ["Kernels", "Columnar"],
        ["Dataset"] = ["Columnar", "Storage"],
        ["Training"] = ["Model", "Dataset", "Storage"],
        ["Lambda"] = ["Training"],
        ["Function"] = ["Training", "Lambda", "Storage"],
        ["Cli"] = ["Kernels", "Columnar", "Storage", "LocalLambda", "Model", "Dataset", "Training", "Lambda"],
        ["data-prep"] = ["Dataset", "Storage"],
    };

    private static readonly Dictionary<string, string[]> AwsPackages = new(StringComparer.Ordinal)
    {
        ["Storage"] = ["AWSSDK.S3", "AWSSDK.Core"],
        ["Lambda"] = ["AWSSDK.Core"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void ProjectReferences_FollowTheTable(string part)
    {
        IEnumerable<string> references = Items(part, "ProjectReference").Select(path => PartOf(Path.GetFileNameWithoutExtension(path)));
        Assert.Empty(references.Except(Allowed[part], StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Projects))]
    public void AwsPackages_StayInStorageAndLambda(string part)
    {
        IEnumerable<string> packages = Items(part, "PackageReference").Where(name => name.StartsWith("AWSSDK", StringComparison.Ordinal));
        Assert.Empty(packages.Except(AwsPackages.GetValueOrDefault(part, []), StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Projects))]
    public void NativeImports_StayInKernels(string part)
    {
        if (part == "Kernels") return;
        IEnumerable<string> importing = Sources(part).Where(file => File.ReadAllText(file).Contains("[LibraryImport(\"openblas", StringComparison.Ordinal));
        Assert.Empty(importing);
    }

    [Fact]
    public void EveryProductProject_IsInTheTable()
    {
        IEnumerable<string> parts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => PartOf(Path.GetFileNameWithoutExtension(path)));
        Assert.Empty(parts.Except(Allowed.Keys, StringComparer.Ordinal));
    }

    private static string PartOf(string project) => project.Replace("AotRecTrainer.", "", StringComparison.Ordinal);

    private static string FolderOf(string part) => part == "data-prep"
        ? Path.Combine(Repository.Root, "data-prep")
        : Path.Combine(Repository.Root, "src", "AotRecTrainer." + part);

    private static IEnumerable<string> Items(string part, string kind) =>
        XDocument.Load(Directory.EnumerateFiles(FolderOf(part), "*.csproj").Single())
            .Descendants(kind)
            .Select(item => (string?)item.Attribute("Include") ?? "");

    private static IEnumerable<string> Sources(string part) =>
        Directory.EnumerateFiles(FolderOf(part), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal));
}
