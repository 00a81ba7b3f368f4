using AotRecTrainer.Function;

return await FunctionHost.RunAsync();
