using AotRecTrainer.Benchmarks.Algorithms;
using AotRecTrainer.Benchmarks.ColdStart;
using AotRecTrainer.Benchmarks.Coordination;
using AotRecTrainer.Benchmarks.Paper;
using AotRecTrainer.Benchmarks.Planning;
using AotRecTrainer.Benchmarks.Preparation;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Recommending;
using AotRecTrainer.Benchmarks.Report;
using AotRecTrainer.Benchmarks.Serving;
using AotRecTrainer.Benchmarks.Speedup;

try
{
    switch (args)
    {
        case ["kernels", .. string[] options]:
            KernelsVerb.Run(KernelsOptions.Parse(options));
            return 0;
        case ["serve", string reference]:
            Server.Run(reference, Console.In, Console.Out);
            return 0;
        case ["algorithms", .. string[] options]:
            AlgorithmsVerb.Run(ProgramsOptions.Parse(options));
            return 0;
        case ["paper", .. string[] options]:
            PaperVerb.Run(ProgramsOptions.Parse(options));
            return 0;
        case ["data", .. string[] options]:
            DataVerb.Run(ProgramsOptions.Parse(options));
            return 0;
        case ["large", .. string[] options]:
            LargeVerb.Run(ProgramsOptions.Parse(options));
            return 0;
        case ["plan", .. string[] options]:
            PlanVerb.Run(ProgramsOptions.Parse(options));
            return 0;
        case ["cold-start", .. string[] options]:
            await ColdStartVerb.RunAsync(ColdStartOptions.Parse(options));
            return 0;
        case ["coordination", .. string[] options]:
            await CoordinationVerb.RunAsync(ProgramsOptions.Parse(options));
            return 0;
        case ["recommend", .. string[] options]:
            await RecommendVerb.RunAsync(ProgramsOptions.Parse(options));
            return 0;
        case ["speedup", .. string[] options]:
            SpeedupVerb.Run(ProgramsOptions.Parse(options));
            return 0;
        default:
            throw new ArgumentException("usage: kernels --reference LIBRARY --compiler NAME --results FOLDER [--native PROGRAM] [--json FILE]");
    }
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"error: {wrong.Message}");
    return 2;
}
catch (InvalidOperationException failed)
{
    Console.Error.WriteLine($"error: {failed.Message}");
    return 1;
}
