using System.Text;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>Ratings as MovieLens publishes them.</summary>
internal static class RatingText
{
    public const string Header = "userId,movieId,rating,timestamp\n";

    public static string Of(RatingsFormat format, IEnumerable<RatingRow> rows)
    {
        string separator = format switch { RatingsFormat.Tab => "\t", RatingsFormat.DoubleColon => "::", _ => "," };
        var text = new StringBuilder(format == RatingsFormat.Csv ? Header : "");
        foreach (RatingRow row in rows)
        {
            text.AppendJoin(separator, row.User, row.Item, row.Rating, row.Timestamp).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Parses text as the bytes of a file called <c>file</c>.</summary>
    public static RatingTable Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    public static RatingTable Parse(byte[] bytes) => RatingsReader.Read(new MemoryStream(bytes), "file");

    /// <summary>The table of rows, by way of <c>ratings.csv</c>.</summary>
    public static RatingTable Table(IEnumerable<RatingRow> rows) => Parse(Of(RatingsFormat.Csv, rows));
}
