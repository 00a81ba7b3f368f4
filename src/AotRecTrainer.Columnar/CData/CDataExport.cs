using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.CData;

/// <summary>Hands batches to native libraries by the C Data Interface, without a copy.</summary>
public static unsafe class CDataExport
{
    /// <summary>
    /// Fills both structures for a batch. Its memory lives until the consumer has released the array and the caller has disposed the batch.
    /// </summary>
    /// <param name="batch">The rows; stays the caller's.</param>
    /// <param name="array">Receives the values; it and the schema are released apart.</param>
    /// <param name="schema">Receives names and types.</param>
    public static void Export(RecordBatch batch, CArrowArray* array, CArrowSchema* schema)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(array);
        CSchemaExport.Export(batch.Schema, schema);
        ExportedNode node = new(owner: null);
        *array = NewArray(node, batch.Length, nulls: 0, [0]);
        array->ChildCount = batch.Columns.Count;
        array->Children = (CArrowArray**)node.Allocate(batch.Columns.Count * sizeof(void*));
        for (int i = 0; i < batch.Columns.Count; i++)
        {
            array->Children[i] = (CArrowArray*)node.Allocate(sizeof(CArrowArray));
            *array->Children[i] = ExportColumn(batch.Columns[i]);
        }
    }

    private static CArrowArray ExportColumn(Column shown)
    {
        Column column = shown.Share();
        ExportedNode node = new(column);
        nint validity = Address(column.Validity);
        switch (column.Field.Type.Id)
        {
            case ArrowTypeId.Utf8:
                return NewArray(
                    node,
                    column.Length,
                    column.NullCount,
                    [validity, Address(MemoryMarshal.AsBytes(column.TextOffsets)), Address(column.Values<byte>())]);
            case ArrowTypeId.Boolean:
                return NewArray(node, column.Length, column.NullCount, [validity, Address(column.Values<byte>())]);
            case ArrowTypeId.FixedSizeList:
                CArrowArray list = NewArray(node, column.Length, column.NullCount, [validity]);
                list.ChildCount = 1;
                list.Children = (CArrowArray**)node.Allocate(sizeof(void*));
                list.Children[0] = (CArrowArray*)node.Allocate(sizeof(CArrowArray));
                Column elements = column.Share();
                *list.Children[0] = NewArray(
                    new ExportedNode(elements), (long)column.Length * column.Field.Type.ListSize, 0, [0, Address(elements.ValueBytes)]);
                return list;
            default:
                CArrowArray array = NewArray(node, column.Length, column.NullCount, [validity, Address(column.ValueBytes)]);
                if (column.Dictionary is { } dictionary)
                {
                    array.Dictionary = (CArrowArray*)node.Allocate(sizeof(CArrowArray));
                    *array.Dictionary = ExportColumn(dictionary);
                }

                return array;
        }
    }

    private static CArrowArray NewArray(ExportedNode node, long length, long nulls, ReadOnlySpan<nint> buffers)
    {
        void** addresses = (void**)node.Allocate(buffers.Length * sizeof(void*));
        for (int i = 0; i < buffers.Length; i++)
            addresses[i] = (void*)buffers[i];
        return new CArrowArray
        {
            Length = length,
            NullCount = nulls,
            BufferCount = buffers.Length,
            Buffers = addresses,
            Release = &Release,
            PrivateData = node.ToPointer(),
        };
    }

    // Native memory does not move; what is empty has no address.
    private static nint Address(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? 0 : (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));

    // The consumer may have taken children away and released them by themselves.
    [UnmanagedCallersOnly]
    private static void Release(CArrowArray* array)
    {
        for (long i = 0; i < array->ChildCount; i++)
        {
            if (array->Children[i]->Release != null)
                array->Children[i]->Release(array->Children[i]);
        }

        if (array->Dictionary != null && array->Dictionary->Release != null)
            array->Dictionary->Release(array->Dictionary);
        array->Release = null;
        ExportedNode.Free(array->PrivateData);
    }
}
