using System.Globalization;

namespace AotRecTrainer.Model.Serialization;

/// <summary>Checked access to the numbers in a schema's metadata.</summary>
internal readonly struct MetadataReader(IReadOnlyDictionary<string, string> metadata, string name)
{
    public string Text(string key) => metadata.TryGetValue(key, out string? value)
        ? value
        : throw new ModelException($"{name}: the metadata lack \"{key}\"");

    public int Int(string key, int least, int most) => (int)Long(key, least, most);

    public long Long(string key, long least, long most) =>
        long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most
            ? value
            : throw new ModelException($"{name}: metadata \"{key}\" is \"{Text(key)}\", expected {least}..{most}");

    public float Float(string key) => (float)Double(key);

    public double Double(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new ModelException($"{name}: metadata \"{key}\" is \"{Text(key)}\", expected a finite number");
}
