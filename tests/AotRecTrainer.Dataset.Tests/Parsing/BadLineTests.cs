using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Parsing;

/// <summary>Every bad line gets the same words whatever its neighbours; the first is named and all are counted.</summary>
public sealed class BadLineTests
{
    public static TheoryData<string, string> Lines => new()
    {
        { "3::7::NaN::4", "rating 'NaN' is not a finite number" },
        { "3::7::-NaN::4", "rating '-NaN' is not a finite number" },
        { "3::7::Infinity::4", "rating 'Infinity' is not a finite number" },
        { "3::7::1e40::4", "rating '1e40' is not a finite number" },
        { "3::7::five::4", "rating 'five' is not a finite number" },
        { "3::7::::4", "rating '' is not a finite number" },
        { "3::7::978300760::4", "rating 978300740 is absurd, expected -1000000 .. 1000000" },
        { "3::7::-1e2.5::4", "rating '-1e2.5' is not a finite number" },
        { "-1::7::4::4", "user -1 is negative" },
        { "3::-7::4::4", "item -7 is negative" },
        { "x::7::4::4", "user 'x' is not an integer" },
        { "::7::4::4", "user '' is not an integer" },
        { "3.5::7::4::4", "user '3.5' is not an integer" },
        { "+3::7::4::4", "user '+3' is not an integer" },
        { "9223372036854775808::7::4::4", "user '9223372036854775808' is not an integer" },
        { "3::7::4::noon", "timestamp 'noon' is neither an integer nor a date" },
        { "3::7::4", "3 fields, expected 4: '3::7::4'" },
        { "3", "1 field, expected 4: '3'" },
        { "3::7::4::5::6", "5 fields, expected 4: '3::7::4::5::6'" },
        { "3::7::4::5::", "5 fields, expected 4: '3::7::4::5::'" },
        { "3::7::4::5 6", "timestamp '5 6' is neither an integer nor a date" },
        { "3:7:4:5", "1 field, expected 4: '3:7:4:5'" },
        { "3::7::4::5\u001B[31m", "timestamp '5.[31m' is neither an integer nor a date" },
        { "\0\0\0\0", "1 field, expected 4: '....'" },
        { "   ", "1 field, expected 4: '   '" },
    };

    [Theory, MemberData(nameof(Lines))]
    public void Read_BadLine_IsNamedWithItsNumberAndProblem(string line, string problem)
    {
        RatingsFormatException error = Failure($"1::2::3::4\n{line}\n5::6::3::4\n");
        Assert.Equal((2, 1), (error.Line, error.BadLines));
        Assert.Equal($"file line 2: {problem}; 1 bad line in all, nothing was written", error.Message);
    }

    [Theory]
    [InlineData("1,2,\"3", "a quote is not closed: '1,2,\"3'")]
    [InlineData("1,2,\"3\"x", "text follows a closing quote: '1,2,\"3\"x'")]
    [InlineData("1,2,NaN", "rating 'NaN' is not a finite number")]
    [InlineData("1,2", "2 fields, expected 3: '1,2'")]
    [InlineData("1,2,3,,,,,,,,,,,,,,,,", "more than 16 fields, expected 3: '1,2,3,,,,,,,,,,,,,,,,'")]
    public void Read_BadCsvLine_IsNamed(string line, string problem)
    {
        RatingsFormatException error = Failure($"userId,movieId,rating\n1,1,1\n{line}\n");
        Assert.Equal($"file line 3: {problem}; 1 bad line in all, nothing was written", error.Message);
    }

    [Fact]
    public void Read_SeveralBadLines_FirstIsNamedAndAllAreCounted()
    {
        RatingsFormatException error = Failure("1\t2\t3\t4\n\n1\t2\tNaN\t4\r\n1\t2\t3\t4\n-1\t2\t3\t4\n\n\n");
        Assert.Equal((2, 3), (error.Line, error.BadLines));
        Assert.Equal("file line 2: the line is empty; 3 bad lines in all, nothing was written", error.Message);
    }

    [Fact]
    public void Read_TruncatedLastLine_IsBad()
    {
        RatingsFormatException error = Failure("1::2::3::4\n1::5");
        Assert.Equal("file line 2: 2 fields, expected 4: '1::5'; 1 bad line in all, nothing was written", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Read_EmptyFile_SaysWhatIsExpected(string text)
    {
        RatingsFormatException error = Failure(text);
        Assert.StartsWith("file is empty, expected ratings as u.data (tabs), ratings.dat (::)", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, error.Line);
    }

    [Theory]
    [InlineData("userId,movieId,rating,timestamp\n", "file has no ratings, only a header or empty lines")]
    [InlineData("hello\nworld\n", "file line 1: 'hello' has no separator, expected ratings as u.data")]
    [InlineData("\n\n\n", "file line 1: '' has no separator, expected ratings as u.data")]
    [InlineData("a,b,c\n1,2,3\n", "file line 1: 'a,b,c': no column userId or user_id or user among a, b, c; say which column is meant; 1 bad line in all")]
    [InlineData("1,2,3,4\n1,3,3,4\n", "file line 1: '1,2,3,4': no column userId or user_id or user among 1, 2, 3, 4; say")]
    public void Read_NoRatings_SaysSo(string text, string message) =>
        Assert.StartsWith(message, Failure(text).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_LongestLine_IsReadAndOneByteMoreIsNot()
    {
        string Padded(int length) => "userId,movieId,rating\n1,2," + "3".PadLeft(length - 4) + "\n4,5,2\n";
        Assert.Equal(2, RatingText.Parse(Padded(SegmentReader.LineBytesMax)).Count);
        Assert.Equal(2, RatingText.Parse(Padded(SegmentReader.LineBytesMax).ReplaceLineEndings("\r\n")).Count);
        RatingsFormatException error = Failure(Padded(SegmentReader.LineBytesMax + 1));
        Assert.StartsWith("file line 2: longer than 65536 bytes, begins '1,2,    ", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.BadLines);
    }

    [Fact]
    public void Read_Line200MegabytesLong_TakesBoundedMemory()
    {
        const long Length = 200L << 20;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<RatingsFormatException>(
            () => RatingsReader.Read(new RepeatingStream("1::2::3::4\n5::6::"u8.ToArray(), (byte)'7', Length), "file"));
        Assert.Equal(
            "file line 2: longer than 65536 bytes, begins '5::6::" + new string('7', 34) + "...'; 1 bad line in all, nothing was written",
            error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    private static RatingsFormatException Failure(string text) => Assert.Throws<RatingsFormatException>(() => RatingText.Parse(text));
}
