using System.Text.Json;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>DuckDB as somebody else's reader of our files, out of the interop tests' Node packages.</summary>
internal static class DuckDb
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "AotRecTrainer.Interop.Tests", "node");

    /// <summary>Whether it is there; with <c>CI=true</c> it must be.</summary>
    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", "@duckdb"))
        || (Environment.GetEnvironmentVariable("CI") == "true" ? throw new InvalidOperationException(Reason) : false);

    public static string Reason => $"DuckDB is not installed in {Folder} (scripts/test.sh does it, or npm ci there).";

    /// <summary>The only value of a statement's only row.</summary>
    public static async Task<string> QueryAsync(string sql)
    {
        string script = $"import({JsonSerializer.Serialize(Path.Combine(Folder, "duckdb.mjs"))})"
            + ".then(duckdb => duckdb.query({ sql: process.argv[1] })).then(table => console.log(JSON.stringify(table)))";
        ProgramRun run = (await ProgramRun.OfAsync("node", "-e", script, sql)).ShouldSucceed();
        using JsonDocument table = JsonDocument.Parse(run.Output);
        return table.RootElement.GetProperty("columns")[0].GetProperty("cells")[0].GetString()!;
    }
}
