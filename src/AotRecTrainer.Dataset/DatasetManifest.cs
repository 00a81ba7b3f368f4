using System.Text.Json;
using AotRecTrainer.Dataset.Reading;

namespace AotRecTrainer.Dataset;

/// <summary>
/// The contents of <c>manifest.json</c>: everything about a data set but its rows. It is written last, so a data set that has a
/// manifest is whole.
/// </summary>
public sealed record DatasetManifest
{
    /// <summary>The format version that this build writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Format version; readers refuse any but <see cref="CurrentFormatVersion"/>.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Number of users; user indices are 0 .. Users-1.</summary>
    public int Users { get; init; }

    /// <summary>Number of items; item indices are 0 .. Items-1.</summary>
    public int Items { get; init; }

    /// <summary>Ratings in train and test together.</summary>
    public long Ratings { get; init; }

    /// <summary>Ratings in train; at least 1.</summary>
    public long TrainRatings { get; init; }

    /// <summary>Ratings in test; may be 0.</summary>
    public long TestRatings { get; init; }

    /// <summary>Mean of the train ratings, in stars.</summary>
    public double GlobalMean { get; init; }

    /// <summary>Standard deviation of the train ratings around their mean, in stars; 0 when they are all equal.</summary>
    public double RatingDeviation { get; init; }

    /// <summary>Lowest rating seen in train and test.</summary>
    public float RatingLow { get; init; }

    /// <summary>Highest rating seen in train and test.</summary>
    public float RatingHigh { get; init; }

    /// <summary>Key of the user table; the same as that of <see cref="UsersFile"/>.</summary>
    public string UsersKey { get; init; } = DatasetKeys.Users;

    /// <summary>Key of the item table; the same as that of <see cref="ItemsFile"/>.</summary>
    public string ItemsKey { get; init; } = DatasetKeys.Items;

    /// <summary>How the ratings were divided.</summary>
    public SplitDescription Split { get; init; } = new();

    /// <summary>Columns of the shard files, in order: user, item, rating and, where known, timestamp.</summary>
    public string[] RatingColumns { get; init; } = [];

    /// <summary>The shards, in order of index; their user ranges follow each other from 0 to <see cref="Users"/>.</summary>
    public ShardEntry[] Shards { get; init; } = [];

    /// <summary>The user table.</summary>
    public FileEntry UsersFile { get; init; } = new();

    /// <summary>The item table.</summary>
    public FileEntry ItemsFile { get; init; } = new();

    /// <summary>Reads and checks a manifest.</summary>
    /// <param name="json">The UTF-8 text of <c>manifest.json</c>.</param>
    /// <param name="where">What to call it in messages.</param>
    /// <exception cref="DatasetException">It is not JSON, of another version, or its numbers contradict each other.</exception>
    public static DatasetManifest Parse(ReadOnlySpan<byte> json, string where = DatasetKeys.Manifest)
    {
        DatasetManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.DatasetManifest);
        }
        catch (JsonException error)
        {
            throw new DatasetException($"{where}: not a manifest: {OneLine(error.Message)}", error);
        }

        string? problem = manifest is null ? "holds null, expected an object" : ManifestCheck.FirstProblem(manifest);
        return problem is null ? manifest! : throw new DatasetException($"{where}: {problem}");
    }

    /// <summary>The manifest as indented UTF-8 JSON with a final newline; the same bytes for equal contents.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.DatasetManifest), (byte)'\n'];

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
