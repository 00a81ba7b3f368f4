using AotRecTrainer.Columnar.Parquet.Codecs;
using AotRecTrainer.Columnar.Parquet.Encodings;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <content>What stands in a page: levels and values, and where they are once it is decompressed.</content>
internal sealed partial class PageReader
{
    private void CheckSum(int start, int expected)
    {
        int found = (int)Crc32.Of(_bytes.Span[start.._position]);
        if (found != expected)
            throw Failure($"a page with checksum {found:x8}, expected {expected:x8}");
    }

    private void Open(in PageHeader header, int start)
    {
        int end = start + header.CompressedSize;
        if (header.Type == PageType.DataV2)
        {
            OpenVersion2(header, start, end);
            return;
        }

        Decompress(start, end, header.UncompressedSize, compressed: end > start);
        HasLevels = header.Type == PageType.Data && _nullable;
        if (!HasLevels)
            return;
        if (header.LevelEncoding != PageEncoding.Rle)
            throw Failure($"definition levels encoded as {header.LevelEncoding} are not supported");
        int length = TakeLength("definition levels");
        _levels = new RleDecoder(Bytes, ValuesStart, ValuesStart + length, 1);
        _levelBytes = _values;
        ValuesStart += length;
    }

    private void OpenVersion2(in PageHeader header, int start, int end)
    {
        if (header.RepetitionBytes != 0)
            throw Failure($"{header.RepetitionBytes} bytes of repetition levels, expected none");
        int most = Math.Min(end - start, header.UncompressedSize);
        if (header.DefinitionBytes > most)
            throw Failure($"{header.DefinitionBytes} bytes of definition levels, expected at most {most}");
        HasLevels = _nullable;
        if (HasLevels)
            _levels = new RleDecoder(_bytes.Span, start, start + header.DefinitionBytes, 1);
        _levelBytes = _bytes;
        int valuesStart = start + header.DefinitionBytes;
        Decompress(valuesStart, end, header.UncompressedSize - header.DefinitionBytes, header.IsCompressed && end > valuesStart);
    }

    private void Decompress(int start, int end, int length, bool compressed)
    {
        if (!compressed || _codec == Codec.Uncompressed)
        {
            if (end - start != length)
                throw Failure($"a page of {end - start} uncompressed bytes, expected {length}");
            _values = _bytes;
            ValuesStart = start;
            ValuesEnd = end;
            return;
        }

        if (_page is null || _page.Length < length + (long)Slack)
        {
            _memory.Free(_page);
            _page = null;
            _page = _memory.Allocate(length + (long)Slack, Where);
        }

        if (!Decompression.TryDecompress(_codec, _bytes.Span[start..end], _page.Span[..(length + Slack)], length))
            throw Failure($"a page that is not {length} bytes compressed with {_codec}");
        _values = _page;
        ValuesStart = 0;
        ValuesEnd = length;
    }
}
