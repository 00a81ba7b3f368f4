namespace AotRecTrainer.Storage;

/// <content>Walks through directories.</content>
public sealed partial class DirectoryObjectStore
{
    private List<string> Collect(string prefix, CancellationToken ct)
    {
        int slash = prefix.LastIndexOf('/');
        string start = prefix[..(slash + 1)];
        List<string> keys = [];
        try
        {
            RefuseLinks("list", start);
            DirectoryInfo directory = new(Path.Join(_root, start));
            if (directory.Exists)
                Walk(directory, start, prefix[(slash + 1)..], keys, ct);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            throw Failure("list", prefix, e.Message, e);
        }

        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private static void Walk(DirectoryInfo directory, string above, string nameStart, List<string> keys, CancellationToken ct)
    {
        EnumerationOptions everything = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        foreach (FileSystemInfo entry in Entries(directory, everything))
        {
            ct.ThrowIfCancellationRequested();
            string key = above + entry.Name;
            if (!entry.Name.StartsWith(nameStart, StringComparison.Ordinal) || !ObjectKey.IsValid(key))
                continue;
            if (entry is DirectoryInfo below)
                Walk(below, key + "/", "", keys, ct);
            else
                keys.Add(key);
        }
    }

    private static FileSystemInfo[] Entries(DirectoryInfo directory, EnumerationOptions options)
    {
        try
        {
            return [.. directory.EnumerateFileSystemInfos("*", options)];
        }
        catch (DirectoryNotFoundException)
        {
            // It went with its last object after it was listed.
            return [];
        }
    }
}
