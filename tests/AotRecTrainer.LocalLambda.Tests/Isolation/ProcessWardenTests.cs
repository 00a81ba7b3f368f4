using System.Diagnostics;
using AotRecTrainer.LocalLambda.Isolation;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Isolation;

public sealed class ProcessWardenTests : IDisposable
{
    private readonly Process[] _processes = [.. Enumerable.Range(0, 3).Select(_ => Process.Start("sleep", "1000"))];

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.Dispose();
        }
    }

    [Fact]
    public async Task Freeze_ThenThaw_StopsAndContinues()
    {
        await using ProcessWarden warden = ProcessWarden.Start();
        int id = _processes[0].Id;

        warden.Freeze(id);
        await Eventually.Async(() => Processes.State(id), state => state == 'T');
        Assert.True(warden.Thaw(id));
        await Eventually.Async(() => Processes.State(id), state => state == 'S');
    }

    [Fact]
    public async Task End_OfTheServer_KillsWhatIsWatchedAndNothingElse()
    {
        await using (ProcessWarden warden = ProcessWarden.Start())
        {
            foreach (Process process in _processes)
                warden.Watch(process.Id);
            warden.Freeze(_processes[2].Id);
            warden.Forget(_processes[1].Id);
            warden.Forget(_processes[1].Id);
        }

        await Processes.EndedAsync(_processes[0].Id);
        await Processes.EndedAsync(_processes[2].Id);
        Assert.True(Processes.IsAlive(_processes[1].Id));
    }

    [Fact]
    public async Task Thaw_WardenGone_SaysSo()
    {
        ProcessWarden warden = ProcessWarden.Start();
        await warden.DisposeAsync();

        Assert.False(warden.Thaw(_processes[0].Id));
    }
}
