using System.Text;
using AotRecTrainer.LocalLambda.Environments;
using AotRecTrainer.LocalLambda.Functions;
using AotRecTrainer.LocalLambda.Invocations;
using Microsoft.AspNetCore.Http;

namespace AotRecTrainer.LocalLambda.Api;

/// <summary>The service's Invoke API.</summary>
internal sealed class InvokeApi(ServerContext context, FunctionRegistry functions)
{
    private static readonly byte[] NoPayload = "{}"u8.ToArray();
    private readonly EventQueue _events = new(context);

    /// <summary>Answers an invoke.</summary>
    /// <exception cref="ServiceException">It is refused.</exception>
    public async Task InvokeAsync(HttpContext http, string name, string requestId)
    {
        FunctionPool pool = functions.Find(name, http.Request.Query["Qualifier"].ToString()).Pool;
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
            FunctionArn = functions.ArnOf(pool.Function.Name),
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
            throw new ServiceException(429, "TooManyRequestsException", "Rate Exceeded.") { Reason = "ConcurrentInvocationLimitExceeded" };

        Invocation invocation;
        InvocationOutcome outcome;
        context.Work.Begin();
        try
        {
            (invocation, outcome) = await pool.RunAsync(request);
        }
        finally
        {
            context.Slots.Release();
            context.Work.End();
        }

        http.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        if (outcome.Status != InvocationStatus.Success)
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";

        if (request.WantsLogTail)
            http.Response.Headers["X-Amz-Log-Result"] = Convert.ToBase64String(await invocation.Reported);

        await HttpBody.WriteJsonAsync(http.Response, 200, outcome.Payload);
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
