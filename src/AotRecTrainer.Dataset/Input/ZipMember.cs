using System.IO.Compression;

namespace AotRecTrainer.Dataset.Input;

/// <summary>One file in a zip archive.</summary>
internal sealed class ZipMember(InputFile archive, string member) : InputFile
{
    public override string Name => $"{archive.Name}/{member}";

    public override Stream Open(IProgress<double>? progress = null)
    {
        var zip = new ZipArchive(archive.Open(progress), ZipArchiveMode.Read);
        try
        {
            ZipArchiveEntry entry = zip.GetEntry(member) ?? throw new InvalidDataException($"{archive.Name} has no {member} any more");
            return new OwningStream(entry.Open(), zip);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }
}
