using AotRecTrainer.Lambda.Invoke;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Invoke;

public sealed class LambdaInvokerOptionsTests
{
    [Theory]
    [InlineData("us-east-1", null, null, "us-east-1", "https://lambda.us-east-1.amazonaws.com/")]
    [InlineData(null, "eu-west-1", null, "eu-west-1", "https://lambda.eu-west-1.amazonaws.com/")]
    [InlineData("", "eu-west-1", "", "eu-west-1", "https://lambda.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", "eu-west-1", "http://127.0.0.1:9001", "us-east-1", "http://127.0.0.1:9001/")]
    public void From_Variables_GivesRegionAndEndpoint(string? region, string? fallback, string? address, string expected, string endpoint)
    {
        LambdaInvokerOptions options = LambdaInvokerOptions.From(Variables(region, fallback, address));

        Assert.Equal(expected, options.Region);
        Assert.Equal(endpoint, options.Endpoint.AbsoluteUri);
    }

    [Theory]
    [InlineData(null, null, "AWS_REGION is '', expected")]
    [InlineData("us-east-1.evil.example/", null, "AWS_REGION is 'us-east-1.evil.example/', expected")]
    [InlineData("us-east-1", "localhost:9001", "AWS_ENDPOINT_URL_LAMBDA is 'localhost:9001', expected")]
    [InlineData("us-east-1", "ftp://localhost", "AWS_ENDPOINT_URL_LAMBDA is 'ftp://localhost', expected")]
    public void From_BadVariables_SaysWhich(string? region, string? address, string message)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => LambdaInvokerOptions.From(Variables(region, null, address)));

        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:4566/")]
    [InlineData("http://127.0.0.1:9001", "http://127.0.0.1:9001/")]
    public void From_CommonEndpoint_IsUsedUnlessThereIsOneForLambda(string? own, string endpoint)
    {
        Func<string, string?> others = Variables("us-east-1", null, own);

        Assert.Equal(endpoint, LambdaInvokerOptions.From(name => name == "AWS_ENDPOINT_URL" ? "http://127.0.0.1:4566" : others(name)).Endpoint.AbsoluteUri);
    }

    [Fact]
    public void From_Defaults_OutlastTheLongestFunction() =>
        Assert.InRange(
            LambdaInvokerOptions.From(Variables("us-east-1", null, null)).AttemptTimeout, TimeSpan.FromSeconds(901), TimeSpan.FromSeconds(960));

    private static Func<string, string?> Variables(string? region, string? fallback, string? address) => name => name switch
    {
        "AWS_REGION" => region,
        "AWS_DEFAULT_REGION" => fallback,
        "AWS_ENDPOINT_URL_LAMBDA" => address,
        _ => null,
    };
}
