using System.Globalization;
using AotRecTrainer.Lambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Invoke;

public sealed class DefaultCredentialsTests
{
    private const string Temporary = """
        {"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"AKID","SecretAccessKey":"secret","Token":"token","Expiration":"EXPIRATION","LastUpdated":"2026-01-01T00:00:00Z"}
        """;

    [Fact]
    public async Task Get_Variables_WinAndKeepTheirToken()
    {
        (int code, string output, string errors) = await ChildProcess.StartAsync(
            "credentials",
            ("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_SESSION_TOKEN", "token"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/"));

        Assert.True(code == 0, errors);
        Assert.Equal("AKID secret token\n", output);
    }

    [Fact]
    public async Task Get_Profile_IsReadFromItsFile()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("credentials-");
        try
        {
            string file = Path.Combine(directory.FullName, "credentials");
            await File.WriteAllTextAsync(
                file,
                "[default]\naws_access_key_id = OTHER\naws_secret_access_key = other\n\n[train]\naws_access_key_id = AKID\naws_secret_access_key = secret\n");

            (int code, string output, string errors) = await ChildProcess.StartAsync(
                "credentials", ("AWS_SHARED_CREDENTIALS_FILE", file), ("AWS_PROFILE", "train"));

            Assert.True(code == 0, errors);
            Assert.Equal("AKID secret -\n", output);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Get_Container_AsksItsEndpoint()
    {
        await using var server = new TestServer(_ => new HttpAnswer(200, Expiring(Temporary), ("Content-Type", "application/json")));

        (int code, string output, string errors) = await ChildProcess.StartAsync(
            "credentials", ("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"http://{server.Address}/role"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "pass"));

        Assert.True(code == 0, errors);
        Assert.Equal("AKID secret token\n", output);
        Assert.Equal(("/role", "pass"), (server.Calls[0].Path, server.Calls[0].Header("Authorization")));
    }

    [Fact]
    public async Task Get_Instance_AsksForItsRole()
    {
        const string roles = "/latest/meta-data/iam/security-credentials";
        await using var server = new TestServer(call => call.Path.TrimEnd('/') switch
        {
            "/latest/api/token" => new HttpAnswer(200, "metadata-token", ("x-aws-ec2-metadata-token-ttl-seconds", "21600")),
            roles => new HttpAnswer(200, "trainer"),
            roles + "/trainer" => new HttpAnswer(200, Expiring(Temporary)),
            _ => new HttpAnswer(404),
        });

        (int code, string output, string errors) = await ChildProcess.StartAsync(
            "credentials", ("AWS_EC2_METADATA_SERVICE_ENDPOINT", $"http://{server.Address}"));

        Assert.True(code == 0, errors);
        Assert.Equal("AKID secret token\n", output);
        Assert.Contains(server.Calls, call => call.Path == roles + "/trainer" && call.Header("x-aws-ec2-metadata-token") == "metadata-token");
    }

    [Fact]
    public async Task Get_NothingInTheChain_Fails()
    {
        (int code, string output, string errors) = await ChildProcess.StartAsync("credentials", ("AWS_EC2_METADATA_DISABLED", "true"));

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains("credentials", errors, StringComparison.OrdinalIgnoreCase);
    }

    private static string Expiring(string json) => json.Replace(
        "EXPIRATION", DateTime.UtcNow.AddHours(6).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
