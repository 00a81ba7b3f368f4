using AotRecTrainer.LocalLambda.Api.Configuration;
using Microsoft.AspNetCore.Http;

namespace AotRecTrainer.LocalLambda.Api;

/// <summary>The service's calls: finds the one that a request makes, and answers in the service's form when it is refused.</summary>
internal sealed class ServiceApi(ServerContext context, InvokeApi invoke, ConfigurationApi configuration)
{
    private const string Version = "2015-03-31";

    public async Task HandleAsync(HttpContext http)
    {
        string requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        try
        {
            await RouteAsync(http, requestId);
        }
        catch (ServiceException e)
        {
            await RefuseAsync(http, e);
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            await RefuseAsync(http, new ServiceException(500, "ServiceException", "The server is stopping."));
        }
    }

    private static ValueTask RefuseAsync(HttpContext http, ServiceException e)
    {
        http.Response.Headers["x-amzn-ErrorType"] = e.ErrorType;
        return HttpBody.WriteJsonAsync(http.Response, e.Status, ErrorJson.Service(e));
    }

    private async Task RouteAsync(HttpContext http, string requestId)
    {
        string path = http.Request.Path.Value ?? "";
        switch ((http.Request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)))
        {
            case ("POST", [Version, "functions", var name, "invocations"]):
                await invoke.InvokeAsync(http, name, requestId);
                break;
            case ("GET", [Version, "functions"]):
                await configuration.ListAsync(http);
                break;
            case ("POST", [Version, "functions"]):
                await configuration.CreateAsync(http);
                break;
            case ("GET", [Version, "functions", var name]):
                await configuration.GetAsync(http, name);
                break;
            case ("DELETE", [Version, "functions", var name]):
                configuration.Delete(http, name);
                break;
            case ("GET", [Version, "functions", var name, "configuration"]):
                await configuration.GetConfigurationAsync(http, name);
                break;
            case ("PUT", [Version, "functions", var name, "configuration"]):
                await configuration.UpdateAsync(http, name);
                break;
            default:
                throw new ServiceException(404, "UnknownOperationException", $"No {http.Request.Method} {path} here");
        }
    }
}
