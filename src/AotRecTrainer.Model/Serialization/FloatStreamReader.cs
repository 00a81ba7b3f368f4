using System.Globalization;
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
    private readonly int[]? _exponents;
    private ContentChecksum _checksum;
    private int _next;

    /// <summary>Opens a stream, which stays the caller's; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="ModelException">The content is damaged or of another kind.</exception>
    public FloatStreamReader(Stream content, string name)
    {
        _name = name;
        _reader = Guard(() => new ArrowStreamReader(content));
        if (_reader.Schema.Fields is not [{ Name: "value" } field] || (field.Type != ArrowType.Float && field.Type != ArrowType.HalfFloat))
            throw new ModelException($"{name}: columns other than value");
        if (field.Type == ArrowType.HalfFloat) _exponents = ReadExponents();
        _checksum = new ContentChecksum(_reader.Schema.Metadata);
    }

    public IReadOnlyDictionary<string, string> Metadata => _reader.Schema.Metadata;

    /// <summary>Reads the next array, whose length is known.</summary>
    public void Read(string array, Span<float> target)
    {
        using RecordBatch batch = Next(array);
        if (batch.Length != target.Length) throw new ModelException($"{_name}: {array} has {batch.Length} values, expected {target.Length}");
        Take(array, batch, target);
    }

    /// <summary>Reads the next array.</summary>
    public float[] Read(string array)
    {
        using RecordBatch batch = Next(array);
        float[] values = new float[batch.Length];
        Take(array, batch, values);
        return values;
    }

    /// <summary>Ends reading.</summary>
    /// <exception cref="ModelException">What was read is not what was written.</exception>
    public void Finish() => _checksum.ThrowUnlessStored(new MetadataReader(Metadata, _name), _name);

    public void Dispose() => _reader.Dispose();

    private RecordBatch Next(string array) => Guard(_reader.ReadNext) ?? throw new ModelException($"{_name}: {array} is missing");

    private void Take(string array, RecordBatch batch, Span<float> target)
    {
        if (_exponents is { } exponents)
        {
            if (_next == exponents.Length) throw new ModelException($"{_name}: {exponents.Length} {FloatStream.ExponentsKey}, and more arrays");
            ReadOnlySpan<Half> halves = batch.Columns[0].Values<Half>();
            _checksum.Append(halves);
            HalfCode.Decode(halves, exponents[_next++], target);
        }
        else
        {
            ReadOnlySpan<float> values = batch.Columns[0].Values<float>();
            _checksum.Append(values);
            values.CopyTo(target);
        }

        if (!Finite.All(target)) throw new ModelException($"{_name}: {array} has numbers that are not finite");
    }

    private int[] ReadExponents()
    {
        string text = new MetadataReader(Metadata, _name).Text(FloatStream.ExponentsKey);
        int[] exponents = new int[text.AsSpan().Count(',') + 1];
        int at = 0;
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponents[at])
                || exponents[at++] is < HalfCode.ExponentMin or > HalfCode.ExponentMax)
            {
                throw new ModelException(
                    $"{_name}: metadata \"{FloatStream.ExponentsKey}\" is \"{text}\", expected numbers in {HalfCode.ExponentMin}..{HalfCode.ExponentMax}");
            }
        }

        return exponents;
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
