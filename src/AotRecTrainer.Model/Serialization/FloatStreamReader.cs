using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;

namespace AotRecTrainer.Model.Serialization;

/// <summary>Reads what <see cref="FloatStream"/> wrote.</summary>
internal sealed class FloatStreamReader : IDisposable
{
    private readonly ArrowStreamReader _reader;
    private readonly string _name;

    public FloatStreamReader(byte[] content, string name)
    {
        _name = name;
        _reader = Guard(() => new ArrowStreamReader(new MemoryStream(content, writable: false)));
        if (_reader.Schema.Fields is not [{ Name: "value" } field] || field.Type != ArrowType.Float)
            throw new ModelException($"{name}: columns other than value");
    }

    public IReadOnlyDictionary<string, string> Metadata => _reader.Schema.Metadata;

    /// <summary>Reads the next array, whose length is known.</summary>
    public void Read(string array, Span<float> target)
    {
        using RecordBatch batch = Guard(() => _reader.ReadNext()) ?? throw new ModelException($"{_name}: {array} is missing");
        ReadOnlySpan<float> values = batch.Columns[0].Values<float>();
        if (values.Length != target.Length) throw new ModelException($"{_name}: {array} has {values.Length} values, expected {target.Length}");
        values.CopyTo(target);
    }

    /// <summary>Reads the next array.</summary>
    public float[] Read(string array)
    {
        using RecordBatch batch = Guard(() => _reader.ReadNext()) ?? throw new ModelException($"{_name}: {array} is missing");
        return batch.Columns[0].Values<float>().ToArray();
    }

    public void Dispose() => _reader.Dispose();

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArrowFormatException problem)
        {
            throw new ModelException($"{_name}: {problem.Message}", problem);
        }
    }
}
