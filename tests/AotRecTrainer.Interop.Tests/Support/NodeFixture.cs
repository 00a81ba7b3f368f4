using System.Text.Json.Nodes;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Interop.Tests.Support;

[assembly: AssemblyFixture(typeof(NodeFixture))]

namespace AotRecTrainer.Interop.Tests.Support;

/// <summary>One Node process for all tests. Where Node or its packages are missing the tests are skipped, but with <c>CI=true</c> they fail.</summary>
public sealed class NodeFixture : IAsyncDisposable
{
    private readonly NodePeer? _peer;
    private readonly string _reason = "";

    public NodeFixture()
    {
        string folder = Path.Join(RepositoryRoot(), "tests", "AotRecTrainer.Interop.Tests", "node");
        string? node = FindOnPath("node");
        if (node is null)
            _reason = "Node.js is not on the path; other people's readers of our files are not tried.";
        else if (!Directory.Exists(Path.Join(folder, "node_modules", "apache-arrow")))
            _reason = $"The packages of {folder} are not installed (scripts/test.sh does it, or npm ci there); other readers are not tried.";
        else
            _peer = NodePeer.Start(node, folder);
        if (_peer is not null)
            return;
        Console.WriteLine(_reason);
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(_reason);
    }

    /// <summary>The result of a DuckDB statement.</summary>
    internal Task<ForeignTable> QueryAsync(string sql) => AskAsync("duckdb.query", new JsonObject { ["sql"] = sql });

    /// <summary>A Parquet file as hyparquet reads it.</summary>
    internal Task<ForeignTable> ReadWithHyparquetAsync(string path) => AskAsync("hyparquet.read", new JsonObject { ["path"] = path });

    /// <summary>An IPC stream or file as the JavaScript apache-arrow reads it.</summary>
    internal Task<ForeignTable> ReadWithArrowAsync(string path) => AskAsync("arrow.read", new JsonObject { ["path"] = path });

    /// <summary>Lets hyparquet-writer write a batch, every column in the same encoding.</summary>
    internal Task WriteWithHyparquetAsync(string path, string codec, string encoding, int pageSize, int rowGroupSize, RecordBatch batch)
    {
        JsonObject request = new()
        {
            ["path"] = path,
            ["codec"] = codec,
            ["pageSize"] = pageSize,
            ["rowGroupSize"] = rowGroupSize,
            ["columns"] = new JsonArray([.. batch.Columns.Select(column => (JsonNode)new JsonObject
            {
                ["element"] = ParquetElement.Of(column.Field),
                ["encoding"] = encoding,
                ["cells"] = CellText.Cells(column),
            })]),
        };
        return RequirePeer().AskAsync("hyparquet.write", request);
    }

    /// <summary>Lets the JavaScript apache-arrow write batches.</summary>
    internal Task WriteWithArrowAsync(string path, string format, IReadOnlyList<RecordBatch> batches)
    {
        JsonObject notes = [];
        foreach ((string key, string value) in batches[0].Schema.Metadata)
            notes[key] = value;
        JsonObject request = new()
        {
            ["path"] = path,
            ["format"] = format,
            ["metadata"] = notes,
            ["batches"] = new JsonArray([.. batches.Select(CellText.Batch)]),
        };
        return RequirePeer().AskAsync("arrow.write", request);
    }

    /// <summary>Lets the JavaScript apache-arrow write a column of text with a dictionary that grows from batch to batch.</summary>
    internal Task WriteDictionariesWithArrowAsync(string path, string format, string?[][] batches)
    {
        JsonObject request = new()
        {
            ["path"] = path,
            ["format"] = format,
            ["batches"] = new JsonArray([.. batches.Select(texts => (JsonNode)new JsonArray([.. texts.Select(text => (JsonNode?)text)]))]),
        };
        return RequirePeer().AskAsync("arrow.writeDictionaries", request);
    }

    public ValueTask DisposeAsync() => _peer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<ForeignTable> AskAsync(string verb, JsonObject request) => new(await RequirePeer().AskAsync(verb, request));

    private NodePeer RequirePeer()
    {
        Assert.SkipWhen(_peer is null, _reason);
        return _peer;
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Join(folder, program))
        .FirstOrDefault(File.Exists);

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, "AotRecTrainer.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository.");
    }
}
