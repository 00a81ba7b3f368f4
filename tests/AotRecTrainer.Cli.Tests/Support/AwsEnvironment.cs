using System.Runtime.CompilerServices;

namespace AotRecTrainer.Cli.Tests.Support;

/// <summary>A machine that nobody has set up for AWS.</summary>
internal static class AwsEnvironment
{
    [ModuleInitializer]
    internal static void Clear()
    {
        foreach (string name in (string[])["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_ENDPOINT_URL_LAMBDA"])
            Environment.SetEnvironmentVariable(name, null);
    }
}
