using System.Globalization;
using System.Text;

namespace AotRecTrainer.DataPrep.Tests.Support;

/// <summary>Small files of ratings.</summary>
internal static class Ratings
{
    /// <summary>Thirty users with ten ratings each, as <c>ratings.dat</c>.</summary>
    public static string Dat { get; } = Text("{0}::{1}::{2}::{3}");

    /// <summary>The same ratings as <c>ratings.csv</c>.</summary>
    public static string Csv { get; } = "userId,movieId,rating,timestamp\n" + Text("{0},{1},{2},{3}");

    private static string Text(string pattern)
    {
        var text = new StringBuilder();
        var format = CompositeFormat.Parse(pattern + "\n");
        for (int line = 0; line < 300; line++)
        {
            int user = 100 + (line / 10), item = 5 * (line * 7 % 40), stars = 1 + (line % 5);
            text.AppendFormat(CultureInfo.InvariantCulture, format, user, item, stars, 978_300_000 + line);
        }

        return text.ToString();
    }
}
