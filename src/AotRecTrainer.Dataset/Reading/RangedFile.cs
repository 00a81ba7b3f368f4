using System.Security.Cryptography;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Reading;

/// <summary>
/// A file of a data set, read range by range and still held against the manifest's length and SHA-256: once the footer is read, reads go
/// forward only, and what nobody asks for is fetched too on the way, because the checksum is of all bytes.
/// </summary>
/// <remarks>Keeps the footer; everything else is the reader's. One read at a time.</remarks>
internal sealed class RangedFile(IObjectStore store, FileEntry file) : IRandomAccessFile, IDisposable
{
    // A request's round trip is small beside the time that so much takes; a row group of our own writer needs one or two.
    private const int PieceBytes = 8 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _end = [];
    private long _endStart = file.Bytes;
    private long _hashed;
    private bool _forward;

    public long Length => file.Bytes;

    /// <summary>To be called when the footer is read: from now on reads go forward.</summary>
    public void EndFooter() => _forward = true;

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (!_forward)
        {
            await ExtendEndAsync(offset, cancellationToken);
        }
        else if (offset < Math.Min(_hashed, _endStart))
        {
            throw new DatasetException($"{file.Key}: column chunks at {offset} after those up to {_hashed}, expected ascending order");
        }
        else
        {
            await HashAsync(offset, cancellationToken);
        }

        int ahead = (int)Math.Clamp(_endStart - offset, 0, destination.Length);
        for (int done = 0; done < ahead;)
        {
            byte[] piece = await NextAsync(Math.Min(ahead - done, PieceBytes), cancellationToken);
            piece.CopyTo(destination[done..]);
            done += piece.Length;
        }

        if (ahead < destination.Length)
        {
            _end.AsMemory((int)(offset + ahead - _endStart), destination.Length - ahead).CopyTo(destination[ahead..]);
        }
    }

    /// <summary>To be called after the last read.</summary>
    /// <exception cref="DatasetException">The file has not the SHA-256 that the manifest says.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await HashAsync(_endStart, cancellationToken);
        _hash.AppendData(_end);
        string sum = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (!string.Equals(sum, file.Sha256, StringComparison.Ordinal))
        {
            throw new DatasetException($"{file.Key}: SHA-256 is {sum}, expected {file.Sha256}");
        }
    }

    public void Dispose() => _hash.Dispose();

    private async ValueTask ExtendEndAsync(long offset, CancellationToken cancellationToken)
    {
        if (offset >= _endStart)
        {
            return;
        }

        // One byte more than expected tells a longer object.
        int more = _endStart == file.Bytes ? 1 : 0;
        byte[] found = await GetAsync(offset, (int)(_endStart - offset) + more, more, cancellationToken);
        _end = [.. found, .. _end];
        _endStart = offset;
    }

    private async ValueTask HashAsync(long until, CancellationToken cancellationToken)
    {
        while (_hashed < Math.Min(until, _endStart))
        {
            await NextAsync((int)Math.Min(Math.Min(until, _endStart) - _hashed, PieceBytes), cancellationToken);
        }
    }

    private async ValueTask<byte[]> NextAsync(int length, CancellationToken cancellationToken)
    {
        byte[] piece = await GetAsync(_hashed, length, more: 0, cancellationToken);
        _hash.AppendData(piece);
        _hashed += length;
        return piece;
    }

    private async ValueTask<byte[]> GetAsync(long offset, int length, int more, CancellationToken cancellationToken)
    {
        byte[] bytes = await store.GetRangeAsync(file.Key, offset, length, cancellationToken)
            ?? throw new DatasetException($"{file.Key} is missing at {store.Location}");
        if (bytes.Length != length - more)
        {
            string found = bytes.Length == length ? $"more than {file.Bytes}" : $"{offset + bytes.Length}";
            throw new DatasetException($"{file.Key}: {found} bytes, expected {file.Bytes}");
        }

        return bytes;
    }
}
