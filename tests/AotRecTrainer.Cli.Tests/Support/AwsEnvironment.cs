using System.Runtime.CompilerServices;

namespace AotRecTrainer.Cli.Tests.Support;

/// <summary>Region and credentials for the fake endpoint, and none of the machine's own endpoints.</summary>
internal static class AwsEnvironment
{
    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "test");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "test");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA", null);
    }
}
