using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AotRecTrainer.Cli.Commands;

/// <summary>The usual help, followed by examples.</summary>
internal sealed class ExamplesHelp : SynchronousCommandLineAction
{
    private static readonly (string Command, string Text)[] Examples =
    [
        ("train", "aotrec train --dataset data/ml-1m --output runs --workers 3 --epochs 50 --factors 10"),
        ("train", "aotrec train --dataset s3://bucket/ml-1m --output s3://bucket/runs --exchange poll --json result.json"),
        ("train", "aotrec train --resume --run ml-1m --output s3://bucket/runs"),
        ("status", "aotrec status s3://bucket/runs/ml-1m"),
        ("status", "aotrec status --follow runs/ml-1m"),
        ("cancel", "aotrec cancel runs/ml-1m"),
        ("logs", "aotrec logs runs/ml-1m --level warn"),
        ("logs", "aotrec logs s3://bucket/runs/ml-1m --follow --function aotrec-coordinator"),
        ("evaluate", "aotrec evaluate --model runs/ml-1m/model --at 10"),
        ("recommend", "aotrec recommend --model runs/ml-1m/model --user 42 --count 5"),
        ("recommend", "aotrec recommend --model runs/ml-1m/model --rate 1=5 --rate 260=4.5"),
        ("recommend", "aotrec recommend --model runs/ml-1m/model --similar-to 1"),
        ("sweep", "aotrec sweep --paper --output paper"),
        ("sweep", "aotrec sweep --dataset data/ml-1m --workers 1,3,5 --memory 512,1769 --algorithm batch-gradient,als"),
        ("plan", "aotrec plan --dataset data/ml-1m --algorithm als --factors 32 --target-minutes 5"),
        ("plan", "aotrec plan --dataset s3://bucket/ml-1m --budget 0.05 --workers 1,2,4,8 --memory 1769,3538 --json plan.json"),
        ("plan", "aotrec plan --dataset data/ml-1m --calibrate runs/first runs/second --save-calibration measured.json"),
        ("report", "aotrec report runs/ml-1m --output report.html"),
        ("local", "aotrec local --port 9001 &"),
        ("local", "aotrec local --until-idle 600 --log local.log &"),
        ("local", """echo '{"role":"coordinator","dataset":"file:///data/ml-1m","output":"file:///data/runs"}' >event.json"""),
        ("local", """
            aws lambda invoke --endpoint-url http://127.0.0.1:9001 --function-name aotrec --cli-read-timeout 0 \
                --payload fileb://event.json result.json
            """),
    ];

    private readonly HelpAction _usual;

    private ExamplesHelp(HelpAction usual) => _usual = usual;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts the examples into the help of a program and of its commands.</summary>
    public static RootCommand AddTo(RootCommand root)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>()) option.Action = new ExamplesHelp((HelpAction)option.Action!);
        return root;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = _usual.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach ((string name, string text) in Examples)
        {
            if (command is RootCommand || command.Name == name) output.WriteLine("  " + text.ReplaceLineEndings("\n  "));
        }

        output.WriteLine();
        output.WriteLine("Exit codes: 0 done, 1 failed while running, 2 the command line or the input is wrong, 3 interrupted, the run goes on.");
        return code;
    }
}
