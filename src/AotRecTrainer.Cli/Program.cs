using AotRecTrainer.Cli.Commands;

return await CommandLine.RunAsync(args);
