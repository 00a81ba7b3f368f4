using System.Text.Json.Nodes;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Interop.Tests.Support;

/// <summary>A column as an entry of Parquet's schema, in the words of hyparquet.</summary>
internal static class ParquetElement
{
    public static JsonNode Of(Field field)
    {
        (string type, string? converted) = field.Type.Id switch
        {
            ArrowTypeId.Int8 => ("INT32", "INT_8"),
            ArrowTypeId.Int16 => ("INT32", "INT_16"),
            ArrowTypeId.Int32 => ("INT32", null),
            ArrowTypeId.Int64 => ("INT64", null),
            ArrowTypeId.Float => ("FLOAT", null),
            ArrowTypeId.Double => ("DOUBLE", null),
            ArrowTypeId.Boolean => ("BOOLEAN", (string?)null),
            _ => ("BYTE_ARRAY", "UTF8"),
        };
        JsonObject element = new()
        {
            ["name"] = field.Name,
            ["type"] = type,
            ["repetition_type"] = field.Nullable ? "OPTIONAL" : "REQUIRED",
        };
        if (converted is not null)
            element["converted_type"] = converted;
        return element;
    }
}
