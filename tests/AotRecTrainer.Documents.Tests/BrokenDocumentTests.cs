using Xunit;

namespace AotRecTrainer.Documents.Tests;

/// <summary>The checks find what is wrong: a page with a mistake has a problem, the same page without it has none.</summary>
public sealed class BrokenDocumentTests
{
    [Theory]
    [InlineData("Run `scripts/quickstart.sh`.", "Run `scripts/quickstrat.sh`.")]
    [InlineData("\n\n    ./scripts/quickstart.sh --data synthetic\n", "\n\n    ./scripts/quickstart.sh --dataset synthetic\n", "knows no --dataset")]
    [InlineData("Run `scripts/bench.sh kernels`.", "Run `scripts/bench.sh colonels`.", "knows no colonels")]
    [InlineData("Say `aotrec train`.", "Say `aotrec trian`.")]
    [InlineData("Say `aotrec status --follow`.", "Say `aotrec status --folow`.")]
    [InlineData("\n\n    aotrec status runs/a        where it stands\n", "\n\n    aotrec status               where it stands\n")]
    [InlineData("```sh\nscripts/aotrec train --dataset d \\\n    --output o\n```\n", "```sh\nscripts/aotrec train --dataset d\n```\n", "--output")]
    [InlineData("```sh\nscripts/data-prep synth --output x | tee log\n```\n", "```sh\nscripts/data-prep synth --outpt x | tee log\n```\n")]
    [InlineData("```sh\nimage=$(scripts/push-ecr.sh --tag a)\n```\n", "```sh\nimage=$(scripts/push-ecr.sh --tga a)\n```\n", "knows no --tga")]
    [InlineData("```json\n{ \"role\": \"recommend\", \"model\": \"m\" }\n```\n", "```json\n{ \"role\": \"recommend\", \"modell\": \"m\" }\n```\n", "modell")]
    [InlineData("```json\n{ \"dataset\": \"/d\", \"output\": \"/o\", \"epochs\": 3 }\n```\n", "```json\n{ \"dataset\": \"/d\", \"output\": \"/o\", \"epochs\": 0 }\n```\n", "epochs is 0")]
    [InlineData("```sh\ncat >e.json <<E\n{ \"dataset\": \"/d\", \"output\": \"/o\" }\nE\n```\n", "```sh\ncat >e.json <<E\n{ \"dataset\": \"/d\" }\nE\n```\n", "output is missing")]
    public void Page_WithAMistake_HasAProblem(string right, string wrong, string expected = "")
    {
        Assert.Empty(DocumentChecks.Problems(right));
        Assert.Contains(expected, Assert.Single(DocumentChecks.Problems(wrong)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws lambda invoke --function-name f out.json", "aws lambda invoke --functions f out.json")]
    [InlineData("aws lambda list-functions", "aws lambda list-function")]
    public void AwsCommand_WithAMistake_HasAProblem(string right, string wrong)
    {
        Assert.SkipWhen(Checking.OtherPrograms.Missing is not null, Checking.OtherPrograms.Missing ?? "");
        Assert.Empty(DocumentChecks.Problems($"```sh\n{right}\n```\n"));
        Assert.Single(DocumentChecks.Problems($"```sh\n{wrong}\n```\n"));
    }
}
