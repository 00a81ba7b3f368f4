using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AotRecTrainer.Lambda.Invoke;

/// <summary>
/// AWS Signature Version 4 in the <c>Authorization</c> header, for services other than S3 (whose paths follow other rules). Pure:
/// no clock, no environment.
/// </summary>
public static class SigV4Signer
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Terminator = "aws4_request";

    /// <summary>Signs a request. A session token is signed only if the caller put it among the headers.</summary>
    /// <param name="request">What to sign.</param>
    /// <param name="credentials">What to sign with.</param>
    /// <param name="region">The region in the scope, <c>us-east-1</c>.</param>
    /// <param name="service">The service in the scope, <c>lambda</c>.</param>
    /// <param name="time">When; must be the time of the request's <c>x-amz-date</c>.</param>
    public static SigV4Signature Sign(
        SigV4Request request, SigV4Credentials credentials, string region, string service, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(credentials);
        string stamp = FormatTime(time);
        string day = stamp[..8];
        string scope = $"{day}/{region}/{service}/{Terminator}";

        List<KeyValuePair<string, string>> headers = CanonicalHeaders(request.Headers);
        string signedHeaders = string.Join(';', headers.Select(h => h.Key));
        string canonicalRequest = string.Join(
            '\n',
            request.Method,
            CanonicalPath(request.Path),
            CanonicalQuery(request.Query),
            string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n")),
            signedHeaders,
            Hex(SHA256.HashData(request.Body.Span)));
        string stringToSign = string.Join('\n', Algorithm, stamp, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest))));

        byte[] key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey);
        foreach (string part in (string[])[day, region, service, Terminator])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        string signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));
        string authorization =
            $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={signedHeaders}, Signature={signature}";
        return new SigV4Signature(canonicalRequest, stringToSign, signature, authorization);
    }

    /// <summary>A time in the form of the <c>x-amz-date</c> header: <c>20150830T123600Z</c>.</summary>
    /// <param name="time">Any offset; written in UTC.</param>
    public static string FormatTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string CanonicalPath(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part is "..")
            {
                if (parts.Count > 0)
                    parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(Escape(part));
            }
        }

        string joined = "/" + string.Join('/', parts);
        return parts.Count > 0 && path.EndsWith('/') ? joined + "/" : joined;
    }

    private static string CanonicalQuery(IReadOnlyList<KeyValuePair<string, string>> query) =>
        string.Join('&', query
            .Select(p => (Key: Escape(p.Key), Value: Escape(p.Value)))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Key}={p.Value}"));

    private static List<KeyValuePair<string, string>> CanonicalHeaders(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        headers
            .GroupBy(h => h.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, string.Join(',', g.Select(h => SingleSpaced(h.Value)))))
            .ToList();

    private static string SingleSpaced(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    // RFC 3986, as AWS asks: everything but letters, digits and -._~ becomes %XX of its UTF-8 bytes, upper case.
    private static string Escape(string text) => Uri.EscapeDataString(text);
}
