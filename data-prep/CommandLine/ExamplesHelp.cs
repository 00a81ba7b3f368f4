using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>The usual help, followed by examples.</summary>
internal sealed class ExamplesHelp : SynchronousCommandLineAction
{
    private static readonly (string Command, string Line, string Meaning)[] s_examples =
    [
        ("download", "data-prep download ml-1m", "ml-1m.zip into the current folder; run again to go on after an interruption"),
        ("download", "data-prep download ml-32m --output s3://bucket/archives --from https://mirror.example/movielens", "from a mirror, into S3"),
        ("shard", "data-prep shard --input ml-latest-small --output ./data/ml-small", "a folder, into a directory"),
        ("shard", "data-prep shard --input ratings.dat --output s3://bucket/datasets/ml-1m --shards 24", "a file, into S3"),
        ("shard", "data-prep shard --input ml-1m.zip --output ./data/ml-1m --split leave-last 2", "an archive; two ratings of each user for testing"),
        ("shard", "data-prep shard --input log.tsv.gz --output ./data/log --user-column visitor --item-column page --rating-column score",
            "text with a header, ids of any kind"),
        ("synth", "data-prep synth --output ratings.dat", "as many users, items and ratings as MovieLens-1M"),
        ("synth", "data-prep synth --users 600 --items 900 --ratings 50000 --noise 0.5 --output small.dat", "a small file"),
        ("inspect", "data-prep inspect s3://bucket/datasets/ml-1m", "counts, split, ratings, shards and a few rows"),
        ("verify", "data-prep verify ./data/ml-small", "every checksum, row and number"),
    ];

    private readonly HelpAction _usual;

    private ExamplesHelp(HelpAction usual) => _usual = usual;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts the examples into the help of a program and of its commands.</summary>
    public static RootCommand AddTo(RootCommand root)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
        {
            option.Action = new ExamplesHelp((HelpAction)option.Action!);
        }

        return root;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = _usual.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach ((string name, string line, string meaning) in s_examples)
        {
            if (command is RootCommand || string.Equals(command.Name, name, StringComparison.Ordinal))
            {
                output.WriteLine($"  {line}");
                output.WriteLine($"      {meaning}");
            }
        }

        output.WriteLine();
        output.WriteLine("Exit codes: 0 done, 1 failed while running, 2 the command line or the input is wrong.");
        return code;
    }
}
