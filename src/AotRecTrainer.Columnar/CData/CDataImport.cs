using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;

namespace AotRecTrainer.Columnar.CData;

/// <summary>
/// Takes batches from native libraries by the C Data Interface, without a copy where their buffers can be read as they are. They are
/// trusted: they live in this process.
/// </summary>
public static unsafe class CDataImport
{
    /// <summary>
    /// Takes a table over. Both structures are the callee's from here on, also when it fails: the schema is released at once, the array
    /// when the batch is disposed.
    /// </summary>
    /// <param name="array">The values: a structure of columns without nulls of its own.</param>
    /// <param name="schema">Names and types.</param>
    /// <returns>A batch, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">A structure has been released.</exception>
    /// <exception cref="ArrowFormatException">Something is not supported.</exception>
    public static RecordBatch Import(CArrowArray* array, CArrowSchema* schema)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (array->Release == null)
            throw new ArgumentException("The array has been released.", nameof(array));
        using NativeBuffer memory = TakeOver(array, out CArrowArray taken);
        Schema columns = CSchemaImport.Import(schema);
        if (taken.ChildCount != columns.Fields.Count)
            throw new ArrowFormatException($"array: {taken.ChildCount} columns, expected {columns.Fields.Count}");
        if (taken.NullCount != 0 && taken.Buffers[0] != null)
            throw new ArrowFormatException("array: a table with missing rows is not supported");
        List<Column> imported = [];
        try
        {
            for (int i = 0; i < columns.Fields.Count; i++)
                imported.Add(new CColumnImport(memory, columns.Fields[i]).Import(taken.Children[i], taken.Offset, taken.Length));
            return new RecordBatch(columns, imported);
        }
        catch
        {
            foreach (Column column in imported)
                column.Dispose();
            throw;
        }
    }

    // The structure is moved, as the specification has it: the caller's copy counts as released.
    private static NativeBuffer TakeOver(CArrowArray* array, out CArrowArray taken)
    {
        CArrowArray* kept = (CArrowArray*)NativeMemory.Alloc((nuint)sizeof(CArrowArray));
        *kept = taken = *array;
        array->Release = null;
        nint address = (nint)kept;
        return NativeBuffer.Foreign(() =>
        {
            CArrowArray* released = (CArrowArray*)address;
            released->Release(released);
            NativeMemory.Free(released);
        });
    }
}
