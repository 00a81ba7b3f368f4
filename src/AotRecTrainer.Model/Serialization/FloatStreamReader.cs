using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// Reads what <see cref="FloatStream"/> wrote: the arrays in their order, then <see cref="Finish"/>, before which none of them may be
/// relied on.
/// </summary>
internal sealed class FloatStreamReader : IDisposable
{
    private readonly ArrowStreamReader _reader;
    private readonly string _name;
    private ContentChecksum _checksum;

    /// <summary>Opens a stream; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="ModelException">The content is damaged or of another kind.</exception>
    public FloatStreamReader(byte[] content, string name)
    {
        _name = name;
        _reader = Guard(() => new ArrowStreamReader(new MemoryStream(content, writable: false)));
        if (_reader.Schema.Fields is not [{ Name: "value" } field] || field.Type != ArrowType.Float)
            throw new ModelException($"{name}: columns other than value");
        _checksum = new ContentChecksum(_reader.Schema.Metadata);
    }

    public IReadOnlyDictionary<string, string> Metadata => _reader.Schema.Metadata;

    /// <summary>Reads the next array, whose length is known.</summary>
    public void Read(string array, Span<float> target)
    {
        using RecordBatch batch = Next(array);
        ReadOnlySpan<float> values = batch.Columns[0].Values<float>();
        if (values.Length != target.Length) throw new ModelException($"{_name}: {array} has {values.Length} values, expected {target.Length}");
        Check(array, values);
        values.CopyTo(target);
    }

    /// <summary>Reads the next array.</summary>
    public float[] Read(string array)
    {
        using RecordBatch batch = Next(array);
        ReadOnlySpan<float> values = batch.Columns[0].Values<float>();
        Check(array, values);
        return values.ToArray();
    }

    /// <summary>Ends reading.</summary>
    /// <exception cref="ModelException">What was read is not what was written.</exception>
    public void Finish() => _checksum.ThrowUnlessStored(new MetadataReader(Metadata, _name), _name);

    public void Dispose() => _reader.Dispose();

    private RecordBatch Next(string array) => Guard(_reader.ReadNext) ?? throw new ModelException($"{_name}: {array} is missing");

    private void Check(string array, ReadOnlySpan<float> values)
    {
        if (!Finite.All(values)) throw new ModelException($"{_name}: {array} has numbers that are not finite");
        _checksum.Append(values);
    }

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
