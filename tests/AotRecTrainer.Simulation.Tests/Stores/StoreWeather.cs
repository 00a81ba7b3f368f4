using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Stores;

/// <summary>How the store is doing: latencies, failures of single requests, and phases in which it refuses most of them.</summary>
internal sealed class StoreWeather(World world)
{
    private static readonly TimeSpan SlowDownMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SlowDownMax = TimeSpan.FromSeconds(20);
    private readonly Dice _dice = world.Dice.Fork("store");
    private TimeSpan _slowDownFrom = TimeSpan.MaxValue;
    private TimeSpan _slowDownUntil;

    public RequestFate Next(SimulatedProcess process, bool isCoordinator)
    {
        FaultRates faults = world.Faults;
        double factor = 0.5 + _dice.NextDouble();
        if (_dice.Chance(faults.StoreSlow))
        {
            factor *= _dice.Spread(5, 400);
            world.Happened(Fault.StoreSlow, process.Name);
        }

        TimeSpan half = faults.StoreLatency * factor / 2;
        bool fails = _dice.Chance(isCoordinator ? faults.CoordinatorStoreFails : faults.WorkerStoreFails);
        bool carriedOut = _dice.Chance(0.5);
        if (IsSlowingDown(faults) && _dice.Chance(0.5)) (fails, carriedOut) = (true, false);
        return new RequestFate(half, half, fails && !carriedOut, fails && carriedOut);
    }

    /// <summary>A damaged copy of some content, or the content.</summary>
    public byte[] MayDamage(byte[] content, SimulatedProcess process)
    {
        if (!_dice.Chance(world.Faults.StatisticsDamaged)) return content;
        world.Happened(Fault.StatisticsDamaged, process.Name);
        switch (_dice.Below(3))
        {
            case 0:
                return content[..(content.Length / 2)];
            case 1:
                return [];
            default:
                byte[] damaged = [.. content];
                damaged[content.Length / 4 + _dice.Below(content.Length / 2)] ^= 0x10;
                return damaged;
        }
    }

    private bool IsSlowingDown(FaultRates faults)
    {
        if (faults.SlowDownsPerHour == 0) return false;
        TimeSpan now = world.Time.Elapsed;
        if (_slowDownFrom == TimeSpan.MaxValue || now > _slowDownUntil)
        {
            _slowDownFrom = now + (TimeSpan.FromHours(1) / faults.SlowDownsPerHour * -Math.Log(1 - _dice.NextDouble()));
            _slowDownUntil = _slowDownFrom + _dice.Spread(SlowDownMin, SlowDownMax);
        }

        return now >= _slowDownFrom;
    }
}
