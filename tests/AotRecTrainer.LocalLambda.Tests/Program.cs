using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit.Runner.InProc.SystemConsole;

// A function that the server starts must be a process of its own, and so must a server that is to be killed; this program is the one
// that is sure to be there.
return args switch
{
    [TestFunction.Argument, .. string[] options] => await TestFunction.RunAsync(options),
    [ServerProcess.Argument] => await ServerProcess.RunAsync(),
    _ => await ConsoleRunner.Run(args),
};
