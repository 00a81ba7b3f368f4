using System.Text;
using AotRecTrainer.Lambda.Invoke;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Invoke;

public sealed class SigV4SignerTests
{
    private static readonly SigV4Credentials Example = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset ExampleTime = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string, string, string, string[], string> Vectors => SigV4Vectors.All;

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Sign_PublishedVector_GivesPublishedSignature(
        string name, string method, string path, string query, string body, string[] headers, string signature)
    {
        List<KeyValuePair<string, string>> all = [new("Host", "example.amazonaws.com"), new("X-Amz-Date", "20150830T123600Z")];
        all.AddRange(headers.Select(h => Pair(h, ':')));
        var request = new SigV4Request
        {
            Method = method,
            Path = path,
            Query = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => Pair(p, '=')).ToList(),
            Headers = all,
            Body = Encoding.UTF8.GetBytes(body),
        };

        SigV4Signature signed = SigV4Signer.Sign(request, Example, "us-east-1", "service", ExampleTime);

        Assert.True(signature == signed.Signature, $"{name}: {signed.Signature}, canonical request:\n{signed.CanonicalRequest}");
    }

    // The worked example of the AWS General Reference: every step of it is printed there.
    [Fact]
    public void Sign_DocumentedListUsers_GivesEveryDocumentedStep()
    {
        var request = new SigV4Request
        {
            Method = "GET",
            Path = "/",
            Query = [new("Version", "2010-05-08"), new("Action", "ListUsers")],
            Headers =
            [
                new("Host", "iam.amazonaws.com"),
                new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                new("X-Amz-Date", "20150830T123600Z"),
            ],
        };

        SigV4Signature signed = SigV4Signer.Sign(request, Example, "us-east-1", "iam", ExampleTime);

        Assert.Equal(
            "GET\n/\nAction=ListUsers&Version=2010-05-08\ncontent-type:application/x-www-form-urlencoded; charset=utf-8\n"
            + "host:iam.amazonaws.com\nx-amz-date:20150830T123600Z\n\ncontent-type;host;x-amz-date\n"
            + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            signed.CanonicalRequest);
        Assert.Equal(
            "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
            + "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59",
            signed.StringToSign);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date, "
            + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            signed.Authorization);
    }

    [Fact]
    public void Sign_PathWithEscapes_EscapesThemOnceMore()
    {
        var request = new SigV4Request
        {
            Method = "POST",
            Path = "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations",
            Headers = [new("host", "example.amazonaws.com"), new("x-amz-date", "20150830T123600Z")],
        };

        SigV4Signature signed = SigV4Signer.Sign(request, Example, "us-east-1", "lambda", ExampleTime);

        Assert.Equal("/2015-03-31/functions/arn%253Aaws%253Alambda/invocations", signed.CanonicalRequest.Split('\n')[1]);
    }

    [Fact]
    public void FormatTime_OtherOffset_IsWrittenInUtc() =>
        Assert.Equal("20150830T123600Z", SigV4Signer.FormatTime(new DateTimeOffset(2015, 8, 30, 14, 36, 0, TimeSpan.FromHours(2))));

    [Fact]
    public void Credentials_ToString_HidesSecretAndToken()
    {
        string text = new SigV4Credentials("AKID", "very-secret", "very-token").ToString();

        Assert.Contains("AKID", text, StringComparison.Ordinal);
        Assert.DoesNotContain("very", text, StringComparison.Ordinal);
    }

    private static KeyValuePair<string, string> Pair(string text, char separator)
    {
        int at = text.IndexOf(separator, StringComparison.Ordinal);
        return new(text[..at], text[(at + 1)..]);
    }
}
