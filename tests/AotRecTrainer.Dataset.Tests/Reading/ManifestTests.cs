using System.Text;
using System.Text.Json.Nodes;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Reading;

/// <summary>A manifest that was edited, cut or mixed up is refused with the field and both values.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string, string, string> Edits => new()
    {
        { "formatVersion", "2", "formatVersion is 2, expected 1" },
        { "users", "0", "0 users and 50 items, expected at least 1 of each" },
        { "users", "41", "the shards have 40 users, expected 41" },
        { "items", "-1", "40 users and -1 items, expected at least 1 of each" },
        { "items", "51", "itemsFile: 50 rows, expected 51" },
        { "ratings", "899", "ratings is 899, expected trainRatings " },
        { "trainRatings", "0", "ratings is 900, expected trainRatings 0 and" },
        { "testRatings", "-1", "ratings is 900, expected trainRatings " },
        { "globalMean", "5.5", "globalMean is 5.5, expected 0.5 .. 5" },
        { "ratingDeviation", "-0.5", "ratingDeviation is -0.5, expected 0 .. 4.5" },
        { "ratingDeviation", "5", "ratingDeviation is 5, expected 0 .. 4.5" },
        { "ratingLow", "6", "rating scale is 6 .. 5, expected two finite numbers in order" },
        { "ratingHigh", "0.25", "rating scale is 0.5 .. 0.25, expected two finite numbers in order" },
        { "usersKey", "\"people.parquet\"", "usersFile: key is 'users.parquet', expected 'people.parquet'" },
        { "itemsKey", "\"\"", "itemsFile: key is 'items.parquet', expected ''" },
        { "split", "null", "split, shards, ratingColumns, usersFile and itemsFile are needed, found null" },
        { "usersFile", "null", "split, shards, ratingColumns, usersFile and itemsFile are needed, found null" },
        { "ratingColumns", "[\"user\",\"item\"]", "ratingColumns is [user, item], expected user, item, rating and perhaps timestamp" },
        { "ratingColumns", "[\"item\",\"user\",\"rating\"]", "ratingColumns is [item, user, rating], expected" },
        { "shards", "[]", "no shards, expected at least 1" },
        { "shards", "[null]", "shard 0: null, expected an entry with train and test" },
        { "shards/1/index", "2", "shard 1: index 2 with" },
        { "shards/0/userFirst", "1", "shard 0: index 0 with" },
        { "shards/0/userCount", "0", "shard 0: index 0 with 0 users from 0, expected index 0 with at least 1 user from 0" },
        { "shards/2/train", "null", "shard 2: null, expected an entry with train and test" },
        { "shards/2/train/key", "\"../x\"", "shard 2: Object key '../x'" },
        { "shards/2/train/rows", "-1", "shard 2: train/shard-00002.parquet: -1 rows in" },
        { "shards/2/test/rows", "0", "the shards have " },
        { "shards/3/test/bytes", "1073741825", "bytes, expected 0 .. 2147483591 rows in at most 1073741824 bytes" },
        { "shards/3/test/sha256", "\"ABC\"", "test/shard-00003.parquet: sha256 is 'ABC', expected 64 lower-case hexadecimal digits" },
        { "itemsFile/rows", "49", "itemsFile: 49 rows, expected 50" },
        { "itemsFile/sha256", "null", "itemsFile: items.parquet: sha256 is '', expected 64 lower-case hexadecimal digits" },
    };

    [Theory, MemberData(nameof(Edits))]
    public async Task Parse_EditedField_IsRefused(string path, string value, string message)
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        JsonNode manifest = JsonNode.Parse(store[DatasetKeys.Manifest])!;
        Set(manifest, path, JsonNode.Parse(value));
        var error = Assert.Throws<DatasetException>(() => DatasetManifest.Parse(Bytes(manifest)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.StartsWith("manifest.json: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAll_AnyNumberOrTextChanged_IsRefused()
    {
        // These describe how the data set came to be and bound its ratings; the rows agree with any value in range.
        string[] unseen = ["split/rule", "split/holdout", "split/seed", "globalMean", "ratingDeviation", "ratingLow", "ratingHigh"];
        using MemoryObjectStore store = await Datasets.SmallAsync();
        JsonNode original = JsonNode.Parse(store[DatasetKeys.Manifest])!;
        string[] leaves = [.. Leaves(original, "")];
        Assert.True(leaves.Length > 40);
        foreach (string path in leaves.Except(unseen))
        {
            JsonNode edited = original.DeepClone();
            JsonValue leaf = Get(edited, path).AsValue();
            Set(edited, path, leaf.TryGetValue(out string? text) ? Changed(text) : leaf.GetValue<double>() + 1);
            store[DatasetKeys.Manifest] = Bytes(edited);
            await Assert.ThrowsAsync<DatasetException>(() => Datasets.ReadAllAsync(store));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"users\": \"many\"}")]
    [InlineData("{\"users\": 99999999999}")]
    [InlineData("\u0001")]
    public void Parse_NoJsonOfAManifest_IsRefusedInOneLine(string text)
    {
        var error = Assert.Throws<DatasetException>(() => DatasetManifest.Parse(Encoding.UTF8.GetBytes(text), "here"));
        Assert.StartsWith("here: not a manifest: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Parse_Null_IsRefused()
    {
        var error = Assert.Throws<DatasetException>(() => DatasetManifest.Parse("null"u8));
        Assert.Equal("manifest.json: holds null, expected an object", error.Message);
    }

    [Fact]
    public async Task Parse_EveryPrefix_IsRefused()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        byte[] json = store[DatasetKeys.Manifest];
        for (int length = 0; length < json.Length - 2; length += 7)
        {
            Assert.Throws<DatasetException>(() => DatasetManifest.Parse(json.AsSpan(0, length)));
        }
    }

    [Fact]
    public async Task ToJson_ParsedAgain_IsTheSameBytes()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        byte[] json = store[DatasetKeys.Manifest];
        Assert.Equal(json, DatasetManifest.Parse(json).ToJson());
        Assert.Equal((byte)'\n', json[^1]);
    }

    private static string Changed(string text) => (text[0] == '0' ? "1" : "0") + text[1..];

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static IEnumerable<string> Leaves(JsonNode node, string path) => node switch
    {
        JsonObject map => map.SelectMany(entry => Leaves(entry.Value!, $"{path}/{entry.Key}")),
        JsonArray list => list.SelectMany((entry, index) => Leaves(entry!, $"{path}/{index}")),
        _ => [path[1..]],
    };

    private static JsonNode Get(JsonNode node, string path) =>
        path.Split('/').Aggregate(node, (at, part) => at is JsonArray list ? list[int.Parse(part)]! : at[part]!);

    private static void Set(JsonNode root, string path, JsonNode? value)
    {
        int slash = path.LastIndexOf('/');
        JsonNode parent = slash < 0 ? root : Get(root, path[..slash]);
        if (parent is JsonArray list)
        {
            list[int.Parse(path[(slash + 1)..])] = value;
        }
        else
        {
            parent[path[(slash + 1)..]] = value;
        }
    }
}
