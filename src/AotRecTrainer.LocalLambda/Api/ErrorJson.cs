using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AotRecTrainer.LocalLambda.Api;

/// <summary>Builds and reads the small JSON bodies of errors.</summary>
internal static class ErrorJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of a failed function or of the Runtime API: <c>{errorMessage, errorType}</c>.</summary>
    public static byte[] Function(string errorType, string errorMessage) =>
        Write(("errorMessage", errorMessage), ("errorType", errorType));

    /// <summary>The body of a refused request: <c>{Reason, Type, Message, message}</c>; SDKs differ in which spelling they read.</summary>
    public static byte[] Service(ServiceException e) =>
        Write(("Reason", e.Reason), ("Type", e.Fault), ("Message", e.Message), ("message", e.Message));

    /// <summary>The <c>errorType</c> of an error body; null when it is no such JSON.</summary>
    public static string? ErrorType(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("errorType"u8);
                reader.Read();
                if (isType)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }

    /// <summary>Why <paramref name="json"/> is not one JSON value; null when it is.</summary>
    public static string? Problem(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                // Reading to the end is the check.
            }

            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private static byte[] Write(params ReadOnlySpan<(string Name, string? Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach ((string name, string? value) in members)
            {
                if (value is not null)
                    writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
