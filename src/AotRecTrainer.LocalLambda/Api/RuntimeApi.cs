using AotRecTrainer.LocalLambda.Environments;
using AotRecTrainer.LocalLambda.Invocations;
using Microsoft.AspNetCore.Http;

namespace AotRecTrainer.LocalLambda.Api;

/// <summary>The Runtime API (version 2018-06-01), which function processes ask for work and answer to.</summary>
internal sealed class RuntimeApi(ServerContext context)
{
    private const string Version = "/2018-06-01/runtime/";
    private const int MaxErrorBytes = 256 * 1024;
    private static readonly byte[] Accepted = "{\"status\":\"OK\"}\n"u8.ToArray();

    /// <summary>Answers a request for <c>/{environment}/2018-06-01/runtime/...</c>; false when the path is another.</summary>
    public async ValueTask<bool> TryHandleAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "";
        int at = path.IndexOf(Version, StringComparison.Ordinal);
        if (at < 1)
            return false;

        try
        {
            string id = path[1..at];
            if (!context.Environments.TryGetValue(id, out FunctionEnvironment? environment))
                throw RuntimeApiException.UnknownEnvironment(id);

            string[] parts = path[(at + Version.Length)..].Split('/');
            switch (parts)
            {
                case ["invocation", "next"] when HttpMethods.IsGet(http.Request.Method):
                    await NextAsync(http, environment);
                    break;
                case ["invocation", var request, "response"] when HttpMethods.IsPost(http.Request.Method):
                    await ResponseAsync(http, environment, request);
                    break;
                case ["invocation", var request, "error"] when HttpMethods.IsPost(http.Request.Method):
                    environment.CheckAnswerable(request);
                    environment.Answer(request, await ReadErrorAsync(http));
                    await HttpBody.WriteJsonAsync(http.Response, 202, Accepted);
                    break;
                case ["init", "error"] when HttpMethods.IsPost(http.Request.Method):
                    environment.FailInit(await ReadErrorAsync(http));
                    await HttpBody.WriteJsonAsync(http.Response, 202, Accepted);
                    break;
                default:
                    throw new RuntimeApiException(404, "NotFound", $"No {http.Request.Method} {path} in the Runtime API");
            }
        }
        catch (RuntimeApiException e)
        {
            await HttpBody.WriteJsonAsync(http.Response, e.Status, ErrorJson.Function(e.ErrorType, e.Message));
        }

        return true;
    }

    private static async Task NextAsync(HttpContext http, FunctionEnvironment environment)
    {
        Invocation invocation = await environment.NextAsync(http.RequestAborted);
        InvocationRequest request = invocation.Request;
        try
        {
            IHeaderDictionary headers = http.Response.Headers;
            headers["Lambda-Runtime-Aws-Request-Id"] = request.RequestId;
            headers["Lambda-Runtime-Deadline-Ms"] = invocation.DeadlineMilliseconds.ToString();
            headers["Lambda-Runtime-Invoked-Function-Arn"] = request.FunctionArn;
            headers["Lambda-Runtime-Trace-Id"] = request.TraceId;
            if (request.ClientContext is not null)
                headers["Lambda-Runtime-Client-Context"] = request.ClientContext;

            invocation.IsDelivered = true;
            await HttpBody.WriteJsonAsync(http.Response, 200, request.Payload);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            environment.ReturnUndelivered(invocation);
        }
    }

    private static async Task ResponseAsync(HttpContext http, FunctionEnvironment environment, string requestId)
    {
        environment.CheckAnswerable(requestId);
        byte[]? body = await HttpBody.ReadAsync(http, Limits.ResponseBytes);
        if (body is null)
        {
            const string Type = "Function.ResponseSizeTooLarge";
            byte[] error = ErrorJson.Function(
                Type, $"Response payload size exceeded maximum allowed payload size ({Limits.ResponseBytes} bytes).");
            environment.Answer(requestId, new(InvocationStatus.Error, error, Type));
            await HttpBody.WriteJsonAsync(http.Response, 413, error);
            return;
        }

        environment.Answer(requestId, new(InvocationStatus.Success, body));
        await HttpBody.WriteJsonAsync(http.Response, 202, Accepted);
    }

    /// <summary>The error a function posts; only the types of the platform's two families are kept, as it does.</summary>
    private static async Task<InvocationOutcome> ReadErrorAsync(HttpContext http)
    {
        byte[] body = await HttpBody.ReadAsync(http, MaxErrorBytes)
            ?? throw new RuntimeApiException(413, "RequestEntityTooLarge", $"An error is at most {MaxErrorBytes} bytes");
        string given = http.Request.Headers["Lambda-Runtime-Function-Error-Type"].ToString();
        if (given.Length == 0)
            given = ErrorJson.ErrorType(body) ?? "";

        bool known = given.StartsWith("Runtime.", StringComparison.Ordinal) || given.StartsWith("Function.", StringComparison.Ordinal);
        return new(InvocationStatus.Error, body, known && !given.AsSpan().ContainsAny('\t', '\n', '\r') ? given : "Runtime.Unknown");
    }
}
