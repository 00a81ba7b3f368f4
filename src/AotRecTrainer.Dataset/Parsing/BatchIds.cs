using System.Text;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset.Ids;

namespace AotRecTrainer.Dataset.Parsing;

/// <summary>The ids in one column of a batch: integers or text, as they are or by way of a dictionary.</summary>
internal sealed class BatchIds
{
    private readonly Column _column;
    private readonly Column _values;
    private readonly IdColumn _ids;
    private readonly long[]? _integers;

    /// <param name="column">The column; of a type that ids can have.</param>
    /// <param name="ids">Gives them their codes.</param>
    public BatchIds(Column column, IdColumn ids)
    {
        (_column, _values, _ids) = (column, column.Dictionary ?? column, ids);
        _integers = AreText(_values.Field.Type) ? null : BatchNumbers.Integers(_values);
    }

    /// <summary>Whether ids can be of a type.</summary>
    public static bool CanBe(ArrowType type) => AreText(type) || BatchNumbers.AreIntegers(ValueType(type));

    /// <summary>Whether ids of a type are text.</summary>
    public static bool AreText(ArrowType type) => ValueType(type).Id == ArrowTypeId.Utf8;

    /// <summary>The code of a row's id; or, as the result, what is wrong with it.</summary>
    public string? TryCode(int row, out int code)
    {
        int place = ReferenceEquals(_column, _values) ? row : _column.GetDictionaryIndex(row);
        if (_integers is null)
        {
            return _ids.TryCode(_values.GetUtf8(place), out code);
        }

        return _ids.IsText ? _ids.TryCode(Encoding.ASCII.GetBytes($"{_integers[place]}"), out code) : _ids.TryCode(_integers[place], out code);
    }

    private static ArrowType ValueType(ArrowType type) => type.Id == ArrowTypeId.Dictionary ? type.Element! : type;
}
