using System.ComponentModel;
using System.Diagnostics;

namespace AotRecTrainer.LocalLambda.Isolation;

/// <summary>Keeps the processes of a server within what their functions were given, as far as the machine lets it.</summary>
internal sealed class Isolator : IAsyncDisposable
{
    private const string CgroupRoot = "/sys/fs/cgroup";

    private readonly LocalLambdaOptions _options;
    private readonly CgroupHierarchy? _cgroups;
    private readonly ProcessWarden _warden = ProcessWarden.Start();

    public Isolator(LocalLambdaOptions options)
    {
        _options = options;
        string problem = "not asked for";
        if (options.LimitResources && OperatingSystem.IsLinux())
            _cgroups = CgroupHierarchy.Open(CgroupRoot, ReadMembership(), out problem);
        Statement = Describe(problem);
    }

    /// <summary>One line: what is limited, and what is not and why.</summary>
    public string Statement { get; }

    /// <summary>Takes charge of a process that waits to be let go.</summary>
    public ProcessIsolation Admit(Process process, string environmentId, FunctionDefinition function)
    {
        CgroupMembership? group = null;
        string? problem = null;
        try
        {
            group = _cgroups?.Create(
                environmentId, function.MemoryMegabytes * 1024L * 1024L, CpuQuota.For(function.MemoryMegabytes, _options.CpuScale));
            group?.Add(process.Id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"memory and CPU are not limited: {e.Message}";
        }

        if (_options.PinToCpu is { } cpu && OperatingSystem.IsLinux())
        {
            try
            {
                process.ProcessorAffinity = (nint)CpuPin.Mask(cpu, function.SharesPinnedCpu, Environment.ProcessorCount);
            }
            catch (Exception e) when (e is Win32Exception or InvalidOperationException)
            {
                problem = $"not pinned: {e.Message}";
            }
        }

        _warden.Watch(process.Id);
        return new ProcessIsolation(process.Id, group, _warden, _options.Freeze, problem);
    }

    public async ValueTask DisposeAsync()
    {
        await _warden.DisposeAsync();
        _cgroups?.Dispose();
    }

    private static string ReadMembership()
    {
        try
        {
            return File.ReadAllText("/proc/self/cgroup");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private string Describe(string problem)
    {
        string limits = _cgroups is null
            ? $"memory is watched and CPU is not limited ({problem})"
            : $"memory and CPU are limited by control groups version {_cgroups.Version}, 1769 MB = {_options.CpuScale:0.###} CPU of {Environment.ProcessorCount}";
        return limits
            + CpuPin.Describe(_options)
            + (_options.Freeze ? "; idle processes are frozen" : "; idle processes are not frozen");
    }
}
