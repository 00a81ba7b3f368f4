using System.Globalization;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Serialization;

/// <summary>Model parameters as an Arrow IPC stream.</summary>
public static class ParameterSerializer
{
    // Bounds on what a stored object may ask us to allocate: about 2^31 floats a side.
    private const int RowsMax = 1 << 29;

    /// <summary>Writes the parameters.</summary>
    public static byte[] Write(ModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ModelShape shape = parameters.Shape;
        Dictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            ["users"] = shape.Users.ToString(CultureInfo.InvariantCulture),
            ["items"] = shape.Items.ToString(CultureInfo.InvariantCulture),
            ["factors"] = shape.Factors.ToString(CultureInfo.InvariantCulture),
            ["globalMean"] = parameters.GlobalMean.ToString("R", CultureInfo.InvariantCulture),
        };
        return ParameterTables.Write(
            shape.Factors, metadata, parameters.UserFactors, parameters.UserBiases, parameters.ItemFactors, parameters.ItemBiases);
    }

    /// <summary>Reads parameters; <paramref name="name"/> is what errors call them.</summary>
    /// <exception cref="ModelException">The content is damaged or of another kind.</exception>
    public static ModelParameters Read(byte[] content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        ModelParameters? parameters = null;
        ParameterTables.Read(content, name, metadata =>
        {
            MetadataReader reader = new(metadata, name);
            ModelShape shape = new(
                reader.Int("users", 0, RowsMax), reader.Int("items", 0, RowsMax), reader.Int("factors", 1, ModelShape.FactorsMax));
            if (shape.Count * sizeof(float) > content.LongLength)
                throw new ModelException($"{name}: {content.LongLength} bytes cannot hold a model of shape {shape}");
            parameters = new ModelParameters(shape, (float)reader.Double("globalMean"));
            return new ParameterRows(parameters.UserFactors, parameters.UserBiases, parameters.ItemFactors, parameters.ItemBiases);
        });
        return parameters!;
    }
}
