using System.CommandLine;

namespace AotRecTrainer.Cli.Commands;

/// <summary>The option that names a saved model.</summary>
internal static class ModelOption
{
    public static Option<string> Create() => new("--model")
    {
        Description = "Location of a model's folder, the one with model.json: s3://bucket/prefix, file:///dir or a directory",
        HelpName = "URI",
        Required = true,
    };
}
