using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AotRecTrainer.LocalLambda.Api;

/// <summary>Routes requests of the bare web server to the service's API and the Runtime API; there is no host, container or middleware around it.</summary>
internal sealed class HttpApplication(ServiceApi service, RuntimeApi runtime) : IHttpApplication<HttpContext>
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
            if (!await runtime.TryHandleAsync(context))
                await service.HandleAsync(context);
        }
        catch (OperationCanceledException)
        {
            // The other side hung up.
            context.Abort();
        }
    }
}
