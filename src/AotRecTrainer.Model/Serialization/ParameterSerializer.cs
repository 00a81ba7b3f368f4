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
        using MemoryStream content = new(1024 + checked((int)(sizeof(float) * parameters.Shape.Count)));
        ParameterTables.Write(content, parameters.Shape.Factors, Describe(parameters), Users(parameters), Items(parameters));
        return content.ToArray();
    }

    /// <summary>Reads parameters; <paramref name="name"/> is what errors call them.</summary>
    /// <exception cref="ModelException">The content is damaged or of another kind.</exception>
    public static ModelParameters Read(byte[] content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        ModelParameters? parameters = null;
        ParameterTables.Read(new MemoryStream(content, writable: false), name, metadata =>
        {
            parameters = Allocate(new MetadataReader(metadata, name), content.LongLength, name);
            return [Users(parameters), Items(parameters)];
        });
        return parameters!;
    }

    internal static ParameterTable Users(ModelParameters parameters) => new(parameters.UserFactors, parameters.UserBiases);

    internal static ParameterTable Items(ModelParameters parameters) => new(parameters.ItemFactors, parameters.ItemBiases);

    internal static Dictionary<string, string> Describe(ModelParameters parameters) => new(StringComparer.Ordinal)
    {
        ["users"] = parameters.Shape.Users.ToString(CultureInfo.InvariantCulture),
        ["items"] = parameters.Shape.Items.ToString(CultureInfo.InvariantCulture),
        ["factors"] = parameters.Shape.Factors.ToString(CultureInfo.InvariantCulture),
        ["globalMean"] = parameters.GlobalMean.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Makes room for a model of which so many bytes have come, in the arrays of one that has done its work where they fit.</summary>
    internal static ModelParameters Allocate(MetadataReader reader, long bytes, string name, ModelParameters? worn = null)
    {
        ModelShape shape = new(reader.Int("users", 0, RowsMax), reader.Int("items", 0, RowsMax), reader.Int("factors", 1, ModelShape.FactorsMax));
        if (shape.Count * sizeof(float) > bytes) throw new ModelException($"{name}: {bytes} bytes cannot hold a model of shape {shape}");
        float globalMean = (float)reader.Double("globalMean");
        return worn?.Shape == shape ? worn.WithMean(globalMean) : new ModelParameters(shape, globalMean);
    }
}
