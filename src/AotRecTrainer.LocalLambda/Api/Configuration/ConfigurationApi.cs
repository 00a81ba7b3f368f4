using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AotRecTrainer.LocalLambda.Functions;
using Microsoft.AspNetCore.Http;

namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>The service's calls that create, change, show and delete functions.</summary>
internal sealed class ConfigurationApi(FunctionRegistry functions, FunctionPackages packages)
{
    private const int RequestBytesMax = 70_167_211;
    private const int PageSize = 50;

    public async Task CreateAsync(HttpContext http)
    {
        FunctionConfiguration asked = await ReadAsync(http);
        if (string.IsNullOrEmpty(asked.FunctionName))
            throw Invalid("FunctionName is missing");
        (string executable, FunctionMetadata metadata) = Program(asked);
        FunctionDefinition definition = ConfigurationMapping.Definition(
            asked, ConfigurationMapping.Default(FunctionReference.Parse(asked.FunctionName).Name, executable));
        RegisteredFunction function = functions.Add(definition, ConfigurationMapping.Metadata(asked, metadata));
        await WriteAsync(http, 201, Describe(function), FunctionJsonContext.Default.FunctionConfiguration);
    }

    public async Task UpdateAsync(HttpContext http, string name)
    {
        RegisteredFunction old = functions.Find(name, "");
        FunctionConfiguration asked = await ReadAsync(http);
        if (asked.RevisionId is { } revision && revision != old.Metadata.RevisionId)
        {
            throw new ServiceException(
                412, "PreconditionFailedException", $"The Revision Id provided does not match the latest Revision Id, {old.Metadata.RevisionId}");
        }

        RegisteredFunction function = functions.Replace(
            old, ConfigurationMapping.Definition(asked, old.Definition), ConfigurationMapping.Metadata(asked, old.Metadata));
        await WriteAsync(http, 200, Describe(function), FunctionJsonContext.Default.FunctionConfiguration);
    }

    public ValueTask GetAsync(HttpContext http, string name)
    {
        RegisteredFunction function = Find(http, name);
        var description = new FunctionDescription(Describe(function), ConfigurationMapping.DescribeCode(function));
        return WriteAsync(http, 200, description, FunctionJsonContext.Default.FunctionDescription);
    }

    public ValueTask GetConfigurationAsync(HttpContext http, string name) =>
        WriteAsync(http, 200, Describe(Find(http, name)), FunctionJsonContext.Default.FunctionConfiguration);

    public ValueTask ListAsync(HttpContext http)
    {
        string marker = http.Request.Query["Marker"].ToString();
        int count = int.TryParse(http.Request.Query["MaxItems"], out int asked) ? Math.Clamp(asked, 1, PageSize) : PageSize;
        FunctionConfiguration[] found = [.. functions.All
            .Where(function => string.CompareOrdinal(function.Definition.Name, marker) > 0)
            .Take(count + 1)
            .Select(Describe)];
        var page = new FunctionList(found[..Math.Min(count, found.Length)], found.Length > count ? found[count - 1].FunctionName : null);
        return WriteAsync(http, 200, page, FunctionJsonContext.Default.FunctionList);
    }

    public void Delete(HttpContext http, string name)
    {
        functions.Remove(Find(http, name));
        http.Response.StatusCode = 204;
    }

    private static async ValueTask<FunctionConfiguration> ReadAsync(HttpContext http)
    {
        byte[] body = await HttpBody.ReadAsync(http, RequestBytesMax)
            ?? throw new ServiceException(413, "RequestEntityTooLargeException", $"Request must be smaller than {RequestBytesMax} bytes");
        try
        {
            return JsonSerializer.Deserialize(body, FunctionJsonContext.Default.FunctionConfiguration)
                ?? throw new ServiceException(400, "InvalidRequestContentException", "The request is null");
        }
        catch (JsonException e)
        {
            throw new ServiceException(400, "InvalidRequestContentException", $"Could not parse request body into json: {e.Message}");
        }
    }

    private static ValueTask WriteAsync<T>(HttpContext http, int status, T body, JsonTypeInfo<T> type) =>
        HttpBody.WriteJsonAsync(http.Response, status, JsonSerializer.SerializeToUtf8Bytes(body, type));

    private static ServiceException Invalid(string message) => new(400, "InvalidParameterValueException", message);

    /// <summary>The program of a new function.</summary>
    private (string Executable, FunctionMetadata Metadata) Program(FunctionConfiguration asked)
    {
        switch (asked.Code)
        {
            case { ZipFile: { } zip }:
                if (asked.Runtime?.StartsWith("provided", StringComparison.Ordinal) != true)
                    throw Invalid($"Runtime is '{asked.Runtime}', expected provided.al2023: functions here are programs named bootstrap");
                return (packages.Unpack(zip), new FunctionMetadata { CodeSize = zip.Length, CodeSha256 = Convert.ToBase64String(SHA256.HashData(zip)) });
            case { ImageUri: { } image }:
                string path = Uri.TryCreate(image, UriKind.Absolute, out Uri? uri) && uri.IsFile ? uri.LocalPath : image;
                return Path.IsPathRooted(path) && File.Exists(path)
                    ? (path, new FunctionMetadata { CodeSize = new FileInfo(path).Length })
                    : throw Invalid($"ImageUri is '{image}', expected the full path of a program on this machine");
            default:
                throw Invalid("Code has neither ZipFile nor ImageUri");
        }
    }

    private RegisteredFunction Find(HttpContext http, string name) => functions.Find(name, http.Request.Query["Qualifier"].ToString());

    private FunctionConfiguration Describe(RegisteredFunction function) =>
        ConfigurationMapping.Describe(function, functions.ArnOf(function.Definition.Name));
}
