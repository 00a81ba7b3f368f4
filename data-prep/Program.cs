using AotRecTrainer.DataPrep.CommandLine;

return await DataPrepProgram.RunAsync(args, Console.Out, Console.Error);
