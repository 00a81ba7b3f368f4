using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit.Runner.InProc.SystemConsole;

// A function that the server starts must be a process of its own; this program is the one that is sure to be there.
return args is [TestFunction.Argument, .. string[] options]
    ? await TestFunction.RunAsync(options)
    : await ConsoleRunner.Run(args);
