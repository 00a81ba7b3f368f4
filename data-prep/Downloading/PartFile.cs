using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace AotRecTrainer.DataPrep.Downloading;

/// <summary>
/// The part of a file that was loaded so far, <c>NAME.part</c>, with <c>NAME.part.tag</c> beside it: which version of the file it is
/// a part of. Both stay when a download is stopped, and go when it is done. One process at a time can have it.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _target;
    private readonly string _path;
    private readonly string _tag;
    private readonly FileStream _file;

    /// <summary>Opens the part, or begins one.</summary>
    /// <param name="target">The path of the whole file; its folder must be there.</param>
    /// <exception cref="IOException">Another process has it, or it cannot be written.</exception>
    public PartFile(string target)
    {
        (_target, _path, _tag) = (target, $"{target}.part", $"{target}.part.tag");
        _file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    /// <summary>Bytes loaded so far.</summary>
    public long Length => _file.Length;

    /// <summary>What tells the server which version the part is of; null when there is no part that can be gone on with.</summary>
    public RangeConditionHeaderValue? Version =>
        Length > 0 && File.Exists(_tag) && EntityTagHeaderValue.TryParse(File.ReadAllText(_tag), out EntityTagHeaderValue? tag)
            ? new RangeConditionHeaderValue(tag)
            : null;

    /// <summary>Begins anew, with a version of the file.</summary>
    /// <param name="version">The version; null when the server does not tell or does not vouch for every byte: then there is no going on.</param>
    public void Restart(EntityTagHeaderValue? version)
    {
        Clear();
        if (version is { IsWeak: false })
        {
            File.WriteAllText(_tag, version.ToString());
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        File.Delete(_tag);
        _file.SetLength(0);
    }

    /// <summary>Adds bytes.</summary>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _file.Position = _file.Length;
        return _file.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>The MD5 of the part, 32 hexadecimal digits.</summary>
    public async Task<string> Md5Async(CancellationToken cancellationToken)
    {
        _file.Position = 0;
#pragma warning disable CA5351 // It is what the publisher has; it guards against damage on the way, not against forgery, as TLS does.
        return Convert.ToHexStringLower(await MD5.HashDataAsync(_file, cancellationToken));
#pragma warning restore CA5351
    }

    /// <summary>All bytes.</summary>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[_file.Length];
        _file.Position = 0;
        await _file.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Gives the part the whole file's name; a file that has it is replaced.</summary>
    public void Complete()
    {
        _file.Flush(flushToDisk: true);
        File.Move(_path, _target, overwrite: true);
        File.Delete(_tag);
    }

    /// <summary>Lets go of the part; an empty one is not worth keeping.</summary>
    public void Dispose()
    {
        if (_file.Length == 0)
        {
            File.Delete(_path);
        }

        _file.Dispose();
    }
}
