using System.Text;
using AotRecTrainer.LocalLambda.Environments;
using AotRecTrainer.LocalLambda.Invocations;
using Microsoft.AspNetCore.Http;

namespace AotRecTrainer.LocalLambda.Api;

/// <summary>The service's Invoke API.</summary>
internal sealed class InvokeApi(ServerContext context, IReadOnlyDictionary<string, FunctionPool> functions)
{
    private const string Account = "000000000000";
    private const string Prefix = "/2015-03-31/functions/";
    private const string Suffix = "/invocations";
    private static readonly byte[] NoPayload = "{}"u8.ToArray();
    private readonly EventQueue _events = new(context);

    /// <summary>Answers an invoke; false when the path is another.</summary>
    public async ValueTask<bool> TryHandleAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal) || !path.EndsWith(Suffix, StringComparison.Ordinal)
            || path.Length <= Prefix.Length + Suffix.Length || !HttpMethods.IsPost(http.Request.Method))
        {
            return false;
        }

        string requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        try
        {
            await InvokeAsync(http, path[Prefix.Length..^Suffix.Length], requestId);
        }
        catch (ServiceException e)
        {
            http.Response.Headers["x-amzn-ErrorType"] = e.ErrorType;
            await HttpBody.WriteJsonAsync(http.Response, e.Status, ErrorJson.Service(e.Fault, e.Message));
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            http.Response.Headers["x-amzn-ErrorType"] = "ServiceException";
            await HttpBody.WriteJsonAsync(http.Response, 500, ErrorJson.Service("Server", "The server is stopping."));
        }

        return true;
    }

    private async Task InvokeAsync(HttpContext http, string name, string requestId)
    {
        (FunctionPool pool, string arn) = Find(name, http.Request.Query["Qualifier"].ToString());
        string type = Header(http, "X-Amz-Invocation-Type", "RequestResponse", "RequestResponse", "Event", "DryRun");
        string logType = Header(http, "X-Amz-Log-Type", "None", "None", "Tail");
        bool isEvent = type == "Event";
        int limit = isEvent ? Limits.EventBytes : Limits.RequestBytes;
        byte[] payload = await HttpBody.ReadAsync(http, limit)
            ?? throw new ServiceException(
                413, "RequestTooLargeException", $"Request must be smaller than {limit} bytes for the InvokeFunction operation");
        if (payload.Length == 0)
        {
            payload = NoPayload;
        }
        else if (ErrorJson.Problem(payload) is { } problem)
        {
            throw new ServiceException(
                400, "InvalidRequestContentException", $"Could not parse request body into json: {problem}");
        }

        var request = new InvocationRequest
        {
            RequestId = requestId,
            FunctionArn = arn,
            Payload = payload,
            TraceId = TraceId(http),
            ClientContext = ClientContext(http),
            WantsLogTail = logType == "Tail" && type == "RequestResponse",
        };
        switch (type)
        {
            case "DryRun":
                http.Response.StatusCode = 204;
                break;
            case "Event":
                _events.Enqueue(pool, request);
                await HttpBody.WriteJsonAsync(http.Response, 202, ReadOnlyMemory<byte>.Empty);
                break;
            default:
                await RespondAsync(http, pool, request);
                break;
        }
    }

    private async Task RespondAsync(HttpContext http, FunctionPool pool, InvocationRequest request)
    {
        if (!await context.Slots.WaitAsync(TimeSpan.Zero))
            throw new ServiceException(429, "TooManyRequestsException", "Rate Exceeded.");

        Invocation invocation;
        InvocationOutcome outcome;
        try
        {
            (invocation, outcome) = await pool.RunAsync(request);
        }
        finally
        {
            context.Slots.Release();
        }

        http.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        if (outcome.Status != InvocationStatus.Success)
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";

        if (request.WantsLogTail)
            http.Response.Headers["X-Amz-Log-Result"] = Convert.ToBase64String(await invocation.Reported);

        await HttpBody.WriteJsonAsync(http.Response, 200, outcome.Payload);
    }

    /// <summary>The function of a name, a partial ARN or an ARN, each with or without a version.</summary>
    private (FunctionPool Pool, string Arn) Find(string given, string qualifier)
    {
        (string name, string version) = FunctionReference.Parse(given);
        string arn = $"arn:aws:lambda:{context.Options.Region}:{Account}:function:{(name.Length > 0 ? name : given)}";
        bool isKnownVersion = version is "" or "$LATEST" && qualifier is "" or "$LATEST";
        if (!isKnownVersion || !functions.TryGetValue(name, out FunctionPool? pool))
        {
            string asked = qualifier.Length > 0 ? qualifier : version;
            throw new ServiceException(
                404, "ResourceNotFoundException", $"Function not found: {arn}{(asked.Length > 0 ? ":" + asked : "")}");
        }

        return (pool, arn);
    }

    private static string Header(HttpContext http, string name, string otherwise, params ReadOnlySpan<string> allowed)
    {
        string value = http.Request.Headers[name].ToString();
        if (value.Length == 0)
            return otherwise;

        if (!allowed.Contains(value))
        {
            throw new ServiceException(
                400, "InvalidParameterValueException", $"{name} is '{value}', expected one of {string.Join(", ", allowed.ToArray())}");
        }

        return value;
    }

    private static string TraceId(HttpContext http)
    {
        string given = http.Request.Headers["X-Amzn-Trace-Id"].ToString();
        if (given.Length > 0)
            return given;

        string random = Guid.NewGuid().ToString("N");
        return $"Root=1-{DateTimeOffset.UtcNow.ToUnixTimeSeconds():x8}-{random[..24]};Sampled=0";
    }

    private static string? ClientContext(HttpContext http)
    {
        string given = http.Request.Headers["X-Amz-Client-Context"].ToString();
        if (given.Length == 0)
            return null;

        byte[] bytes = new byte[given.Length];
        if (!Convert.TryFromBase64String(given, bytes, out int count) || count > Limits.ClientContextBytes
            || ErrorJson.Problem(bytes.AsSpan(0, count)) is not null
            || bytes.AsSpan(0, count).ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            throw new ServiceException(
                400,
                "InvalidRequestContentException",
                $"Client context must be base64 of printable JSON of at most {Limits.ClientContextBytes} bytes");
        }

        return Encoding.ASCII.GetString(bytes, 0, count);
    }
}
