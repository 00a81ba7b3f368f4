using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AotRecTrainer.Storage.Tests.Scripted;

/// <summary>What a scripted server does about a request.</summary>
/// <param name="Status">The status line's number; 0 never answers.</param>
/// <param name="Body">The content.</param>
/// <param name="Headers">Beside the length.</param>
/// <param name="Length">The length that is claimed; more than there is breaks the connection off in the middle. -1 is the true one.</param>
internal sealed record Answer(int Status, byte[] Body, (string Name, string Value)[] Headers, int Length = -1)
{
    public static Answer Hang { get; } = new(0, [], []);

    /// <summary>Ends the connection in the place of an answer.</summary>
    public static Answer Reset { get; } = new(-1, [], []);

    public static Answer Ok(params (string Name, string Value)[] headers) => new(200, [], headers);

    /// <summary>An object, under the tag that S3 gives objects of one part: the MD5, which the client checks too.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "S3's tag.")]
    public static Answer Content(byte[] body, params (string Name, string Value)[] headers) =>
        new(200, body, [("ETag", $"\"{Convert.ToHexStringLower(MD5.HashData(body))}\""), .. headers]);

    public static Answer Xml(string body) => new(200, Encoding.UTF8.GetBytes(body), [("Content-Type", "application/xml")]);

    public static Answer Error(int status, string code) => new(
        status,
        Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>As planned.</Message></Error>"),
        [("Content-Type", "application/xml")]);
}
