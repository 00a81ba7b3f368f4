using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;

namespace AotRecTrainer.Columnar.CData;

/// <summary>Takes schemas from native libraries by the C Data Interface. They are trusted: they live in this process.</summary>
public static unsafe class CSchemaImport
{
    /// <summary>Reads the schema of a table and releases the structure, also when it fails.</summary>
    /// <exception cref="ArgumentException">The structure has been released.</exception>
    /// <exception cref="ArrowFormatException">A type is not supported, or it is no table.</exception>
    public static Schema Import(CArrowSchema* schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema->Release == null)
            throw new ArgumentException("The schema has been released.", nameof(schema));
        try
        {
            string format = Text(schema->Format);
            if (format != CFormat.Table)
                throw new ArrowFormatException($"schema: format {format}, expected a table ({CFormat.Table})");
            Field[] fields = new Field[schema->ChildCount];
            for (int i = 0; i < fields.Length; i++)
                fields[i] = ImportField(schema->Children[i]);
            return new Schema(fields, Metadata(schema->Metadata));
        }
        finally
        {
            schema->Release(schema);
        }
    }

    private static Field ImportField(CArrowSchema* schema)
    {
        string name = Text(schema->Name);
        string format = Text(schema->Format);
        ArrowType? type = CFormat.ToSimpleType(format);
        if (schema->Dictionary != null)
        {
            ArrowType? value = CFormat.ToSimpleType(Text(schema->Dictionary->Format));
            bool supported = type?.Id is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32
                && (value?.Id == ArrowTypeId.Utf8 || value?.ByteWidth > 0);
            type = supported ? ArrowType.Dictionary(type!, value!) : null;
        }
        else if (CFormat.ListSize(format) is > 0 and int size && schema->ChildCount == 1)
        {
            ArrowType? element = CFormat.ToSimpleType(Text(schema->Children[0]->Format));
            type = element?.ByteWidth > 0 && schema->Children[0]->Dictionary == null ? ArrowType.FixedSizeList(element, size) : null;
        }

        return type is null
            ? throw new ArrowFormatException($"column {name}: format {format}{(schema->Dictionary != null ? " with a dictionary" : "")} is not supported")
            : new Field(name, type, (schema->Flags & CArrowSchema.Nullable) != 0);
    }

    private static string Text(byte* text) => text == null ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private static Dictionary<string, string>? Metadata(byte* bytes)
    {
        if (bytes == null)
            return null;
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        for (int left = TakeInt32(ref bytes); left > 0; left--)
        {
            string key = TakeText(ref bytes);
            metadata[key] = TakeText(ref bytes);
        }

        return metadata;
    }

    private static int TakeInt32(ref byte* bytes)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(bytes, sizeof(int)));
        bytes += sizeof(int);
        return value;
    }

    private static string TakeText(ref byte* bytes)
    {
        int length = TakeInt32(ref bytes);
        string text = Encoding.UTF8.GetString(bytes, length);
        bytes += length;
        return text;
    }
}
