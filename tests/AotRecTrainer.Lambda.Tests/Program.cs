using AotRecTrainer.Lambda.Tests.Support;
using Xunit.Runner.InProc.SystemConsole;

return args is [ChildProcess.Argument, string task] ? await ChildProcess.RunAsync(task) : await ConsoleRunner.Run(args);
