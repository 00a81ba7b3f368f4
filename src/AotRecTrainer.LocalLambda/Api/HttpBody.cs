using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace AotRecTrainer.LocalLambda.Api;

/// <summary>Reads and writes whole bodies.</summary>
internal static class HttpBody
{
    /// <summary>
    /// The request's body; null when it has more than <paramref name="limit"/> bytes, in which case the rest is read and
    /// thrown away so that the sender gets to read the answer.
    /// </summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpContext http, int limit)
    {
        PipeReader reader = http.Request.BodyReader;
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(http.Request.ContentLength ?? 0, 256, limit));
        bool tooLong = http.Request.ContentLength > limit;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(http.RequestAborted);
            tooLong = tooLong || body.WrittenCount + read.Buffer.Length > limit;
            if (!tooLong)
            {
                foreach (ReadOnlyMemory<byte> part in read.Buffer)
                    body.Write(part.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return tooLong ? null : body.WrittenSpan.ToArray();
        }
    }

    /// <summary>Writes a JSON body and its length.</summary>
    public static async ValueTask WriteJsonAsync(HttpResponse response, int status, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }
}
