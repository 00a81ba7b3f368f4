using System.Text;

namespace AotRecTrainer.Lambda.Tests.Support;

/// <summary>What the test server answers.</summary>
internal sealed record HttpAnswer(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    public HttpAnswer(int status, string body = "", params (string Name, string Value)[] headers)
        : this(status, Encoding.UTF8.GetBytes(body), headers)
    {
    }

    /// <summary>No answer: the connection is closed.</summary>
    public static HttpAnswer Drop { get; } = new(0);
}
