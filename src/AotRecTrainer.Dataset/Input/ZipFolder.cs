using System.IO.Compression;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.Dataset.Input;

/// <summary>A folder of a zip archive.</summary>
internal sealed class ZipFolder : InputFolder
{
    private readonly InputFile _archive;
    private readonly string _folder;
    private readonly HashSet<string> _members;

    private ZipFolder(InputFile archive, string folder, IEnumerable<string> members) =>
        (_archive, _folder, _members) = (archive, folder, members.ToHashSet(StringComparer.Ordinal));

    public override string Name => _folder.Length == 0 ? _archive.Name : $"{_archive.Name}/{_folder.TrimEnd('/')}";

    /// <summary>The folders of an archive that have files, in order.</summary>
    /// <exception cref="RatingsFormatException">It is no archive, or a damaged one.</exception>
    public static IReadOnlyList<ZipFolder> All(InputFile archive)
    {
        try
        {
            using var zip = new ZipArchive(archive.Open(), ZipArchiveMode.Read);
            return
            [
                .. zip.Entries.Where(entry => entry.Name.Length > 0)
                    .GroupBy(entry => entry.FullName[..^entry.Name.Length], StringComparer.Ordinal)
                    .OrderBy(folder => folder.Key, StringComparer.Ordinal)
                    .Select(folder => new ZipFolder(archive, folder.Key, folder.Select(entry => entry.Name))),
            ];
        }
        catch (InvalidDataException error)
        {
            throw new RatingsFormatException($"{archive.Name}: not a zip archive, or a damaged one: {error.Message}");
        }
    }

    public override InputFile? Find(string name) => _members.Contains(name) ? new ZipMember(_archive, _folder + name) : null;
}
