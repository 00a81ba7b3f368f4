using System.Text;
using AotRecTrainer.LocalLambda.Logs;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Logs;

public sealed class LogTailTests
{
    [Fact]
    public void ToArray_AnyLines_IsTheEndOfTheirText()
    {
        var tail = new LogTail();
        var all = new StringBuilder();
        var random = new Random(17);
        for (int i = 0; i < 500; i++)
        {
            string line = new((char)('a' + (i % 26)), random.Next(i % 50 == 0 ? 6000 : 80));
            tail.AppendLine(line);
            all.Append(line).Append('\n');

            string text = all.ToString();
            Assert.Equal(text[Math.Max(0, text.Length - LogTail.Capacity)..], Encoding.UTF8.GetString(tail.ToArray()));
        }
    }

    [Fact]
    public void Clear_AfterLines_ForgetsThem()
    {
        var tail = new LogTail();
        tail.AppendLine("before");

        tail.Clear();
        tail.AppendLine("after");

        Assert.Equal("after\n", Encoding.UTF8.GetString(tail.ToArray()));
    }
}
