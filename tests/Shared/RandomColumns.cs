using System.Text;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Testing;

/// <summary>Columns of random values, the same for the same state of the generator.</summary>
internal static class RandomColumns
{
    /// <summary>The types that a flat file can have.</summary>
    public static IReadOnlyList<ArrowType> FlatTypes { get; } =
    [
        ArrowType.Int8, ArrowType.Int16, ArrowType.Int32, ArrowType.Int64,
        ArrowType.Float, ArrowType.Double, ArrowType.Boolean, ArrowType.Utf8,
    ];

    /// <summary>The types of moments that a flat file can have.</summary>
    public static IReadOnlyList<ArrowType> Timestamps { get; } =
    [
        ArrowType.Timestamp(TimeUnit.Millisecond, "UTC"), ArrowType.Timestamp(TimeUnit.Microsecond, "UTC"),
        ArrowType.Timestamp(TimeUnit.Nanosecond, "UTC"), ArrowType.Timestamp(TimeUnit.Millisecond),
        ArrowType.Timestamp(TimeUnit.Microsecond), ArrowType.Timestamp(TimeUnit.Nanosecond),
    ];

    /// <summary>Types of columns with a dictionary.</summary>
    public static IReadOnlyList<ArrowType> Dictionaries { get; } =
    [
        ArrowType.Dictionary(ArrowType.Int8, ArrowType.Utf8), ArrowType.Dictionary(ArrowType.Int16, ArrowType.Double),
        ArrowType.Dictionary(ArrowType.Int32, ArrowType.Utf8), ArrowType.Dictionary(ArrowType.Int32, ArrowType.Int64),
    ];

    /// <summary>Makes a column.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="field">Name and type; a third of the rows lack a value where it is nullable.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="distinct">About how many different values there are to choose from.</param>
    public static Column Create(Random random, Field field, int rows, int distinct = int.MaxValue)
    {
        if (field.Type.Id == ArrowTypeId.Dictionary)
            return WithDictionary(random, field, rows, Math.Min(distinct, 100));
        ArrowType element = field.Type.Element ?? field.Type;
        bool[] valid = new bool[rows];
        for (int i = 0; i < rows; i++)
            valid[i] = !field.Nullable || random.Next(3) != 0;
        int count = rows * Math.Max(1, field.Type.ListSize);
        return element.Id switch
        {
            ArrowTypeId.Int8 => Column.FromValues<sbyte>(field, Draw(random, count, distinct, r => (sbyte)r.Next(-128, 128)), valid),
            ArrowTypeId.Int16 => Column.FromValues<short>(field, Draw(random, count, distinct, r => (short)r.Next(-32768, 32768)), valid),
            ArrowTypeId.Int32 => Column.FromValues<int>(field, Draw(random, count, distinct, r => (int)NextBits(r, 32)), valid),
            ArrowTypeId.Int64 or ArrowTypeId.Timestamp => Column.FromValues<long>(field, Draw(random, count, distinct, r => NextBits(r, 64)), valid),
            ArrowTypeId.Float => Column.FromValues<float>(field, Draw(random, count, distinct, NextFloat), valid),
            ArrowTypeId.Double => Column.FromValues<double>(field, Draw(random, count, distinct, NextDouble), valid),
            ArrowTypeId.Boolean => Column.FromValues<bool>(field, Draw(random, count, distinct, r => r.Next(2) == 0), valid),
            _ => Column.FromStrings(field, Blank(Draw(random, count, distinct, NextText), valid)),
        };
    }

    /// <summary>A batch of columns with the given types, alternately required and nullable.</summary>
    public static RecordBatch Batch(Random random, IReadOnlyList<ArrowType> types, int rows, int distinct = int.MaxValue)
    {
        Field[] fields = [.. types.Select((type, i) => new Field($"c{i} {type}", type, Nullable: i % 2 == 1))];
        return new RecordBatch(new Schema(fields), [.. fields.Select(field => Create(random, field, rows, distinct))]);
    }

    private static Column WithDictionary(Random random, Field field, int rows, int entries)
    {
        Column dictionary = Create(random, new Field("entries", field.Type.Element!), entries);
        bool[] valid = [.. Enumerable.Range(0, rows).Select(_ => !field.Nullable || random.Next(3) != 0)];
        Field index = new("indices", field.Type.Index!, field.Nullable);
        Column indices = index.Type.Id switch
        {
            ArrowTypeId.Int8 => Column.FromValues<sbyte>(index, Draw(random, rows, 100, r => (sbyte)r.Next(entries)), valid),
            ArrowTypeId.Int16 => Column.FromValues<short>(index, Draw(random, rows, 100, r => (short)r.Next(entries)), valid),
            _ => Column.FromValues<int>(index, Draw(random, rows, 100, r => r.Next(entries)), valid),
        };
        return Column.FromDictionary(field, indices, dictionary);
    }

    private static string?[] Blank(string[] texts, bool[] valid) => [.. texts.Select((text, i) => valid[i] ? text : null)];

    // Half of all columns hold runs of the same value, the other half do not.
    private static T[] Draw<T>(Random random, int count, int distinct, Func<Random, T> next)
    {
        T[] pool = new T[Math.Max(1, Math.Min(distinct, count))];
        for (int i = 0; i < pool.Length; i++)
            pool[i] = next(random);
        bool runs = random.Next(2) == 0;
        T[] drawn = new T[count];
        for (int i = 0; i < count; i++)
            drawn[i] = runs && i > 0 && random.Next(16) != 0 ? drawn[i - 1] : pool[random.Next(pool.Length)];
        return drawn;
    }

    // Of any magnitude, so that small numbers and the extremes both appear.
    private static long NextBits(Random random, int bits) => random.NextInt64(long.MinValue, long.MaxValue) >> (64 - random.Next(1, bits + 1));

    // Any bits at all now and then: infinities, NaN, denormal numbers and the two zeros.
    private static float NextFloat(Random random) =>
        random.Next(4) == 0 ? BitConverter.Int32BitsToSingle((int)NextBits(random, 32)) : (float)(random.NextDouble() - 0.5) * 100;

    private static double NextDouble(Random random) =>
        random.Next(4) == 0 ? BitConverter.Int64BitsToDouble(NextBits(random, 64)) : (random.NextDouble() - 0.5) * 100;

    private static string NextText(Random random)
    {
        StringBuilder text = new();
        for (int length = random.Next(12); length > 0; length--)
            text.Append(Rune.GetRuneAt("a z\"é€𝄞\n", random.Next(4) switch { 0 => random.Next(7), _ => 0 }));
        return text.ToString();
    }
}
