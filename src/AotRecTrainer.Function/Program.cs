using AotRecTrainer.Function;
using AotRecTrainer.Function.SelfCheck;

// Any other argument is the name of a handler, which the platform may pass and this program has no use for.
return args is [SelfCheckCommand.Name] ? SelfCheckCommand.Run(Console.Out) : await FunctionHost.RunAsync();
