using System.Text;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>Passes whole lines on.</summary>
internal sealed class LineWriter(Action<string> onLine) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => onLine(value ?? "");
}
