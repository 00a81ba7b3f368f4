using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>Reads the footer's schema, which is a tree written down from the root, and finds the columns at its ends.</summary>
internal static class SchemaReader
{
    private const int DeepestNesting = 64;

    /// <summary>Reads a list of entries.</summary>
    public static List<SchemaElement> ReadElements(ref ThriftReader reader, int count)
    {
        List<SchemaElement> elements = [];
        for (int i = 0; i < count; i++)
            elements.Add(ReadElement(ref reader));
        return elements;
    }

    /// <summary>The columns that have values, in the order of their chunks; those that cannot be read are among them.</summary>
    public static IReadOnlyList<LeafColumn> FindColumns(List<SchemaElement> elements)
    {
        List<LeafColumn> columns = [];
        int next = 1;
        for (int child = 0; child < elements[0].Children; child++)
            Visit(elements, ref next, prefix: "", problem: null, depth: 0, columns);
        return next == elements.Count && columns.Count > 0
            ? columns
            : throw new ParquetFormatException($"schema: {columns.Count} columns in {next} entries, expected at least one in {elements.Count}");
    }

    private static void Visit(
        List<SchemaElement> elements, ref int next, string prefix, string? problem, int depth, List<LeafColumn> columns)
    {
        if (next >= elements.Count || depth > DeepestNesting)
            throw new ParquetFormatException($"schema: fewer entries than there should be, or more than {DeepestNesting} in each other");
        SchemaElement element = elements[next++];
        string name = prefix + element.Name;
        if (element.Repetition is not (SchemaElement.Required or SchemaElement.Optional))
            problem ??= "repeated columns are not supported";
        if (element.Type is null || element.Children != 0)
        {
            for (int child = 0; child < element.Children; child++)
                Visit(elements, ref next, $"{name}.", problem ?? "nested columns are not supported", depth + 1, columns);
            return;
        }

        ArrowType? type = element.ToArrow(out string? typeProblem);
        problem ??= typeProblem;
        Field? field = problem is null ? new Field(name, type!, element.Repetition == SchemaElement.Optional) : null;
        columns.Add(new LeafColumn(columns.Count, name, element, field, problem));
    }

    private static SchemaElement ReadElement(ref ThriftReader reader)
    {
        SchemaElement element = new("", null, SchemaElement.Required, 0);
        bool named = false;
        ConvertedType converted = ConvertedType.None;
        LogicalType logical = default;
        for (int id = 0; reader.NextField(ref id, out ThriftType field);)
        {
            switch (id)
            {
                case 1:
                    element = element with { Type = (PhysicalType)reader.Int32(field) };
                    break;
                case 3:
                    element = element with { Repetition = reader.Int32(field) };
                    break;
                case 4:
                    element = element with { Name = reader.Text(field) };
                    named = true;
                    break;
                case 5:
                    element = element with { Children = reader.Int32(field) };
                    break;
                case 6:
                    converted = (ConvertedType)reader.Int32(field);
                    break;
                case 10 when field == ThriftType.Structure:
                    logical = LogicalType.Read(ref reader);
                    break;
                default:
                    reader.Skip(field);
                    break;
            }
        }

        if (!named)
            throw reader.Failure("schema entry without a name");
        return element with
        {
            Converted = logical.IsKnown ? logical.Converted : converted,
            Timestamp = logical.Timestamp ?? converted switch
            {
                ConvertedType.TimestampMilliseconds => ArrowType.Timestamp(TimeUnit.Millisecond, "UTC"),
                ConvertedType.TimestampMicroseconds => ArrowType.Timestamp(TimeUnit.Microsecond, "UTC"),
                _ => null,
            },
        };
    }
}
