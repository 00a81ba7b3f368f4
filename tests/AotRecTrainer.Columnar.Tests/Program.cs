using AotRecTrainer.Columnar.Tests.Speed;

// The tests, or with "decoding-speed" a measurement of them: one program, since both need the same helpers.
if (args is ["decoding-speed"])
{
    DecodingSpeed.Measure();
    return 0;
}

return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
