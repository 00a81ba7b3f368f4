using System.Diagnostics;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>Prepares the start of a function's process.</summary>
internal static class FunctionProcess
{
    private static readonly string[] CredentialVariables =
    [
        "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    // The program takes the shell's place, and its process, once it is let go: by then its limits are set.
    private const string LaunchScript = "read -r go && exec \"$0\" \"$@\"";

    /// <summary>
    /// What to start, with the environment variables that Lambda sets: a shell that becomes the program when a line is written to it.
    /// </summary>
    /// <exception cref="IOException">There is no such program, or it is not executable.</exception>
    public static ProcessStartInfo StartInfo(FunctionDefinition function, string environmentId, int port, string region)
    {
        string executable = ExecutableLookup.Find(function.Executable);
        string taskRoot = Path.GetDirectoryName(executable) ?? "/";
        var info = new ProcessStartInfo("/bin/sh", ["-c", LaunchScript, executable, .. function.Arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = taskRoot,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        IDictionary<string, string?> variables = info.Environment;
        variables["AWS_LAMBDA_RUNTIME_API"] = $"127.0.0.1:{port}/{environmentId}";
        variables["AWS_ENDPOINT_URL_LAMBDA"] = $"http://127.0.0.1:{port}";
        variables["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemoryMegabytes.ToString();
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{function.Name}";
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = $"{DateTime.UtcNow:yyyy/MM/dd}/[$LATEST]{environmentId}";
        variables["AWS_LAMBDA_LOG_FORMAT"] = function.LogFormat;
        if (function.LogLevel is { } level)
            variables["AWS_LAMBDA_LOG_LEVEL"] = level;
        variables["LAMBDA_TASK_ROOT"] = taskRoot;
        variables["_HANDLER"] = function.Handler;
        variables.TryAdd("AWS_REGION", variables.TryGetValue("AWS_DEFAULT_REGION", out string? given) ? given : region);
        variables.TryAdd("AWS_DEFAULT_REGION", variables["AWS_REGION"]);
        if (!HasCredentials(variables))
        {
            variables["AWS_ACCESS_KEY_ID"] = "local";
            variables["AWS_SECRET_ACCESS_KEY"] = "local";
            variables["AWS_SESSION_TOKEN"] = "local";
        }

        foreach ((string name, string value) in function.Environment)
            variables[name] = value;

        return info;
    }

    /// <summary>Whether an AWS client would find credentials by itself; made-up ones would hide those.</summary>
    private static bool HasCredentials(IDictionary<string, string?> variables)
    {
        if (CredentialVariables.Any(variables.ContainsKey))
            return true;

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return File.Exists(PathOf("AWS_SHARED_CREDENTIALS_FILE", "credentials")) || File.Exists(PathOf("AWS_CONFIG_FILE", "config"));

        string PathOf(string variable, string name) =>
            variables.TryGetValue(variable, out string? path) && !string.IsNullOrEmpty(path) ? path : Path.Combine(home, ".aws", name);
    }
}
