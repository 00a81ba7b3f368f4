using System.Buffers;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Reading;

/// <summary>Holds a manifest against itself: a file that was edited or cut is found here and not in the middle of a training.</summary>
internal static class ManifestCheck
{
    private const int Sha256Digits = 64;
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly string[] s_columns = ["user", "item", "rating", "timestamp"];

    public static string? FirstProblem(DatasetManifest manifest)
    {
        if (manifest.FormatVersion != DatasetManifest.CurrentFormatVersion)
        {
            return $"formatVersion is {manifest.FormatVersion}, expected {DatasetManifest.CurrentFormatVersion}";
        }

        // The serializer lets null through for any property that the text sets to null.
        if (manifest.Split is null || manifest.Shards is null || manifest.RatingColumns is null || manifest.UsersFile is null
            || manifest.ItemsFile is null)
        {
            return "split, shards, ratingColumns, usersFile and itemsFile are needed, found null";
        }

        return Totals(manifest) ?? Columns(manifest) ?? Shards(manifest)
            ?? Table("usersFile", manifest.UsersFile, manifest.UsersKey, manifest.Users)
            ?? Table("itemsFile", manifest.ItemsFile, manifest.ItemsKey, manifest.Items);
    }

    private static string? Totals(DatasetManifest manifest)
    {
        if (manifest.Users < 1 || manifest.Items < 1)
        {
            return $"{manifest.Users} users and {manifest.Items} items, expected at least 1 of each";
        }

        if (manifest.TrainRatings < 1 || manifest.TestRatings < 0
            || manifest.Ratings < 0 || manifest.Ratings - manifest.TrainRatings != manifest.TestRatings)
        {
            return $"ratings is {manifest.Ratings}, expected trainRatings {manifest.TrainRatings} and testRatings {manifest.TestRatings} together";
        }

        if (!float.IsFinite(manifest.RatingLow) || !float.IsFinite(manifest.RatingHigh) || manifest.RatingLow > manifest.RatingHigh)
        {
            return $"rating scale is {manifest.RatingLow} .. {manifest.RatingHigh}, expected two finite numbers in order";
        }

        if (!(manifest.RatingDeviation >= 0 && manifest.RatingDeviation <= manifest.RatingHigh - manifest.RatingLow))
        {
            return $"ratingDeviation is {manifest.RatingDeviation}, expected 0 .. {manifest.RatingHigh - manifest.RatingLow}";
        }

        return manifest.GlobalMean >= manifest.RatingLow && manifest.GlobalMean <= manifest.RatingHigh
            ? null
            : $"globalMean is {manifest.GlobalMean}, expected {manifest.RatingLow} .. {manifest.RatingHigh}";
    }

    private static string? Columns(DatasetManifest manifest) =>
        manifest.RatingColumns.Length is 3 or 4 && s_columns.AsSpan(0, manifest.RatingColumns.Length).SequenceEqual(manifest.RatingColumns)
            ? null
            : $"ratingColumns is [{string.Join(", ", manifest.RatingColumns)}], expected user, item, rating and perhaps timestamp";

    private static string? Shards(DatasetManifest manifest)
    {
        if (manifest.Shards.Length < 1)
        {
            return "no shards, expected at least 1";
        }

        long users = 0, train = 0, test = 0;
        for (int index = 0; index < manifest.Shards.Length; index++)
        {
            ShardEntry? shard = manifest.Shards[index];
            if (shard?.Train is null || shard.Test is null)
            {
                return $"shard {index}: null, expected an entry with train and test";
            }

            if (shard.Index != index || shard.UserFirst != users || shard.UserCount < 1)
            {
                return $"shard {index}: index {shard.Index} with {shard.UserCount} users from {shard.UserFirst}, expected index {index} "
                    + $"with at least 1 user from {users}";
            }

            if ((File(shard.Train) ?? File(shard.Test)) is { } problem)
            {
                return $"shard {index}: {problem}";
            }

            users += shard.UserCount;
            train += shard.Train.Rows;
            test += shard.Test.Rows;
        }

        if (users != manifest.Users)
        {
            return $"the shards have {users} users, expected {manifest.Users}";
        }

        return train == manifest.TrainRatings && test == manifest.TestRatings
            ? null
            : $"the shards have {train} train and {test} test ratings, expected {manifest.TrainRatings} and {manifest.TestRatings}";
    }

    private static string? Table(string name, FileEntry file, string key, int rows)
    {
        if (!string.Equals(file.Key, key, StringComparison.Ordinal))
        {
            return $"{name}: key is '{file.Key}', expected '{key}'";
        }

        return file.Rows != rows ? $"{name}: {file.Rows} rows, expected {rows}" : File(file) is { } problem ? $"{name}: {problem}" : null;
    }

    private static string? File(FileEntry file)
    {
        try
        {
            ObjectKey.Validate(file.Key);
        }
        catch (ArgumentException error)
        {
            return error.Message.ReplaceLineEndings(" ");
        }

        if (file.Rows < 0 || file.Rows > Array.MaxLength || file.Bytes < 0 || file.Bytes > FileEntry.BytesMax)
        {
            return $"{file.Key}: {file.Rows} rows in {file.Bytes} bytes, expected 0 .. {Array.MaxLength} rows in at most {FileEntry.BytesMax} bytes";
        }

        return file.Sha256 is { Length: Sha256Digits } sum && !sum.AsSpan().ContainsAnyExcept(s_hexDigits)
            ? null
            : $"{file.Key}: sha256 is '{file.Sha256}', expected {Sha256Digits} lower-case hexadecimal digits";
    }
}
