using System.Runtime.InteropServices;
using System.Text;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.CData;

/// <summary>Hands schemas to native libraries by the C Data Interface.</summary>
public static unsafe class CSchemaExport
{
    /// <summary>Fills the structure, which the consumer releases.</summary>
    /// <param name="schema">Names, types and notes of a table.</param>
    /// <param name="target">Receives them.</param>
    public static void Export(Schema schema, CArrowSchema* target)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(target);
        ExportedNode node = new(owner: null);
        *target = NewSchema(node, CFormat.Table, "", nullable: false);
        target->Metadata = Metadata(node, schema.Metadata);
        target->ChildCount = schema.Fields.Count;
        target->Children = (CArrowSchema**)node.Allocate(schema.Fields.Count * sizeof(void*));
        for (int i = 0; i < schema.Fields.Count; i++)
        {
            target->Children[i] = (CArrowSchema*)node.Allocate(sizeof(CArrowSchema));
            *target->Children[i] = ExportField(schema.Fields[i]);
        }
    }

    private static CArrowSchema ExportField(Field field)
    {
        ExportedNode node = new(owner: null);
        CArrowSchema schema = NewSchema(node, CFormat.Of(field.Type), field.Name, field.Nullable);
        if (field.Type.Id == ArrowTypeId.FixedSizeList)
        {
            schema.ChildCount = 1;
            schema.Children = (CArrowSchema**)node.Allocate(sizeof(void*));
            schema.Children[0] = (CArrowSchema*)node.Allocate(sizeof(CArrowSchema));
            *schema.Children[0] = ExportField(new Field("item", field.Type.Element!));
        }
        else if (field.Type.Id == ArrowTypeId.Dictionary)
        {
            schema.Dictionary = (CArrowSchema*)node.Allocate(sizeof(CArrowSchema));
            *schema.Dictionary = ExportField(new Field("", field.Type.Element!));
        }

        return schema;
    }

    private static CArrowSchema NewSchema(ExportedNode node, string format, string name, bool nullable) => new()
    {
        Format = node.Text(format),
        Name = node.Text(name),
        Flags = nullable ? CArrowSchema.Nullable : 0,
        Release = &Release,
        PrivateData = node.ToPointer(),
    };

    // Numbers in the machine's own order, and texts without an end mark.
    private static byte* Metadata(ExportedNode node, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return null;
        ByteWriter bytes = new();
        bytes.Append<int>([metadata.Count]);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (string text in (string[])[key, value])
            {
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                bytes.Append<int>([utf8.Length]);
                bytes.Append(utf8);
            }
        }

        byte* copy = (byte*)node.Allocate(bytes.Length);
        bytes.Written.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    [UnmanagedCallersOnly]
    private static void Release(CArrowSchema* schema)
    {
        for (long i = 0; i < schema->ChildCount; i++)
        {
            if (schema->Children[i]->Release != null)
                schema->Children[i]->Release(schema->Children[i]);
        }

        if (schema->Dictionary != null && schema->Dictionary->Release != null)
            schema->Dictionary->Release(schema->Dictionary);
        schema->Release = null;
        ExportedNode.Free(schema->PrivateData);
    }
}
