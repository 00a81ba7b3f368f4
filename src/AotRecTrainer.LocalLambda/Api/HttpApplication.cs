using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AotRecTrainer.LocalLambda.Api;

/// <summary>Routes requests of the bare web server to the two APIs; there is no host, container or middleware around it.</summary>
internal sealed class HttpApplication(InvokeApi invoke, RuntimeApi runtime) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // Holds nothing of its own: the server disposes the features.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            if (!await invoke.TryHandleAsync(context) && !await runtime.TryHandleAsync(context))
            {
                string message = $"No {context.Request.Method} {context.Request.Path} here";
                context.Response.Headers["x-amzn-ErrorType"] = "UnknownOperationException";
                await HttpBody.WriteJsonAsync(context.Response, 404, ErrorJson.Service("User", message));
            }
        }
        catch (OperationCanceledException)
        {
            // The other side hung up.
            context.Abort();
        }
    }
}
