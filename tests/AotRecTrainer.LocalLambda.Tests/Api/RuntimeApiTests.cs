using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Api;

public sealed class RuntimeApiTests
{
    [Fact]
    public async Task Next_BeforeAnswering_IsRefused()
    {
        await using TestServer server = await TestServer.StartAsync();

        Assert.Equal("403", (await server.InvokeAsync("""{"do":"ask-again"}""")).Body);
    }

    [Fact]
    public async Task Response_OtherIdOrSecondTime_IsRefused()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("""{"do":"answer-other"}""");

        Assert.Equal("400", answer.Body);
        await server.LogWithAsync("answers: 400 202 403");
    }

    [Fact]
    public async Task Call_UnknownEnvironment_IsForbidden()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var http = new HttpClient();

        using HttpResponseMessage response = await http.GetAsync(new Uri(server.Server.Endpoint, "/env-99/2018-06-01/runtime/invocation/next"));

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains("No environment 'env-99' is running", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
