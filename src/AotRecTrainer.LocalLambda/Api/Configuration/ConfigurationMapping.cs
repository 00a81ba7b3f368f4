using System.Globalization;
using AotRecTrainer.LocalLambda.Functions;

namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>Between the service's description of a function and ours.</summary>
internal static class ConfigurationMapping
{
    private const int DefaultMegabytes = 128;
    private const int DefaultSeconds = 3;

    /// <summary>What was asked for, over what there is.</summary>
    /// <param name="asked">What the caller gave; what is null stays as it is.</param>
    /// <param name="old">The function as it is.</param>
    /// <exception cref="ServiceException">A value is out of range.</exception>
    public static FunctionDefinition Definition(FunctionConfiguration asked, FunctionDefinition old)
    {
        FunctionDefinition definition = old with
        {
            MemoryMegabytes = asked.MemorySize ?? old.MemoryMegabytes,
            Timeout = asked.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : old.Timeout,
            Handler = asked.Handler ?? old.Handler,
            Environment = asked.Environment is { } environment
                ? environment.Variables ?? new Dictionary<string, string>(StringComparer.Ordinal)
                : old.Environment,
            LogFormat = asked.LoggingConfig?.LogFormat ?? old.LogFormat,
            LogLevel = asked.LoggingConfig?.ApplicationLogLevel ?? old.LogLevel,
        };
        return definition.Problem() is { } problem ? throw new ServiceException(400, "InvalidParameterValueException", problem) : definition;
    }

    /// <summary>A new function as the service makes it when nothing more is asked for.</summary>
    public static FunctionDefinition Default(string name, string executable) => new()
    {
        Name = name,
        Executable = executable,
        MemoryMegabytes = DefaultMegabytes,
        Timeout = TimeSpan.FromSeconds(DefaultSeconds),
    };

    /// <summary>What was asked for, over what there is, as a new revision.</summary>
    public static FunctionMetadata Metadata(FunctionConfiguration asked, FunctionMetadata old) => old with
    {
        Role = asked.Role ?? old.Role,
        Description = asked.Description ?? old.Description,
        Runtime = asked.Runtime ?? old.Runtime,
        LastModified = DateTimeOffset.UtcNow,
        RevisionId = Guid.NewGuid().ToString(),
    };

    /// <summary>A function in the service's words.</summary>
    public static FunctionConfiguration Describe(RegisteredFunction function, string arn)
    {
        (FunctionDefinition definition, FunctionMetadata metadata) = (function.Definition, function.Metadata);
        return new FunctionConfiguration
        {
            FunctionName = definition.Name,
            FunctionArn = arn,
            Runtime = metadata.Runtime,
            Role = metadata.Role,
            Handler = definition.Handler,
            CodeSize = metadata.CodeSize,
            Description = metadata.Description,
            Timeout = (int)Math.Ceiling(definition.Timeout.TotalSeconds),
            MemorySize = definition.MemoryMegabytes,
            LastModified = metadata.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture),
            CodeSha256 = metadata.CodeSha256,
            Version = "$LATEST",
            Environment = definition.Environment.Count > 0 ? new FunctionVariables { Variables = definition.Environment } : null,
            LoggingConfig = new FunctionLogging
            {
                LogFormat = definition.LogFormat,
                ApplicationLogLevel = definition.LogLevel,
                LogGroup = $"/aws/lambda/{definition.Name}",
            },
            PackageType = metadata.Runtime is null ? "Image" : "Zip",
            Architectures = ["x86_64"],
            State = "Active",
            LastUpdateStatus = "Successful",
            RevisionId = metadata.RevisionId,
        };
    }

    /// <summary>Where a function's program is.</summary>
    public static FunctionCode DescribeCode(RegisteredFunction function)
    {
        string location = new Uri(Path.GetFullPath(function.Definition.Executable)).AbsoluteUri;
        return function.Metadata.Runtime is null
            ? new FunctionCode { RepositoryType = "ECR", ImageUri = location }
            : new FunctionCode { RepositoryType = "S3", Location = location };
    }
}
