namespace AotRecTrainer.Cli.Tests.Support;

/// <summary>What a coordinator may answer.</summary>
internal static class Answers
{
    public const string Result = """
        {"role":"coordinator","run":"demo","model":"file:///runs/demo/model","parametersSha256":"c0ffee","trainRmse":0.812345,
        "testRmse":0.8765432,"testMae":0.67,"rounds":7,"ratings":12345,"workers":3,"kernel":"scalar","wallSeconds":1.5,
        "roundMilliseconds":[30.5,10.25,20.75],"coldStarts":4,"retries":0,"billedGbSeconds":2.5,
        "requests":{"put":1,"get":2,"list":3,"delete":4,"invoke":21},"costUsd":0.000123}
        """;

    public static string Failure(string type, string message) => $$"""{"errorMessage":"{{message}}","errorType":"{{type}}","stackTrace":[]}""";
}
