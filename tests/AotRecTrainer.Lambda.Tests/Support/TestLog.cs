using System.Text;
using AotRecTrainer.Lambda.Logs;

namespace AotRecTrainer.Lambda.Tests.Support;

/// <summary>A function's log that can be read.</summary>
internal sealed class TestLog : MemoryStream
{
    public TestLog(FunctionLogOptions? options = null, TimeProvider? clock = null) =>
        Log = new FunctionLog(this, options ?? new FunctionLogOptions(), clock ?? TimeProvider.System);

    public FunctionLog Log { get; }

    public byte[] Bytes => ToArray();

    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
