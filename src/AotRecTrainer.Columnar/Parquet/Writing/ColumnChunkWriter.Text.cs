using System.Buffers.Binary;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Writing;

/// <content>Columns of text.</content>
internal sealed partial class ColumnChunkWriter
{
    private ColumnChunk WriteText(Column column, int start, int rows)
    {
        ReadOnlySpan<int> offsets = column.TextOffsets;
        int present = rows - CountNulls(column, start, rows);
        TextDictionary? dictionary = null;
        int[] indices = options.Dictionary ? buffers.Indices(rows) : [];
        if (options.Dictionary && rows > 0)
        {
            long plain = offsets[start + rows] - offsets[start] + ((long)present * sizeof(int));
            dictionary = TextDictionary.TryBuild(column, start, rows, indices, LargestDictionary);
            if (!Pays(dictionary?.Rows.Count ?? 0, dictionary?.PlainBytes ?? 0, present, plain))
                dictionary = null;
        }

        long first = pages.BeginChunk();
        if (dictionary is not null)
        {
            foreach (int row in dictionary.Rows)
                AppendText(column.GetUtf8(row));
            pages.WritePage(PageType.Dictionary, PageEncoding.Plain, dictionary.Rows.Count);
        }

        long data = pages.Position;
        int used = 0;
        for (int done = 0; done < rows;)
        {
            int count = dictionary is null ? TextPageRows(offsets, start + done, start + rows) : Math.Min(options.PageRows, rows - done);
            int taken = AppendLevels(column, start + done, count);
            if (dictionary is not null)
            {
                AppendIndices(indices.AsSpan(used, taken), dictionary.Rows.Count);
            }
            else
            {
                for (int i = start + done; i < start + done + count; i++)
                {
                    if (!column.IsNull(i))
                        AppendText(column.GetUtf8(i));
                }
            }

            pages.WritePage(PageType.Data, dictionary is null ? PageEncoding.Plain : PageEncoding.RleDictionary, count);
            used += taken;
            done += count;
        }

        return End(column.Field, rows, first, data, Extremes.OfText(column, start, rows, rows - present));
    }

    private static int CountNulls(Column column, int start, int rows)
    {
        int nulls = 0;
        for (int i = start; column.NullCount > 0 && i < start + rows; i++)
            nulls += column.IsNull(i) ? 1 : 0;
        return nulls;
    }

    private int TextPageRows(ReadOnlySpan<int> offsets, int start, int end)
    {
        end = Math.Min(end, start + options.PageRows);
        int next = start + 1;
        while (next < end && offsets[next + 1] - offsets[start] <= options.PageBytes)
            next++;
        return next - start;
    }

    private void AppendText(ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(pages.Body.Take(sizeof(int)), text.Length);
        pages.Body.Append(text);
    }
}
