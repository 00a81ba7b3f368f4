using AotRecTrainer.Simulation.Tests.Worlds;

namespace AotRecTrainer.Simulation.Tests.Functions;

/// <summary>What becomes of one call of a function, apart from what the function does.</summary>
internal sealed record CallFate
{
    public bool IsRequestLost { get; init; }

    public bool IsThrottled { get; init; }

    public bool IsRunTwice { get; init; }

    public bool IsAnswerLost { get; init; }

    public bool IsNeverAnswered { get; init; }

    public bool IsGarbled { get; init; }

    public bool IsLate { get; init; }

    /// <summary>Of a late answer, or until a lost call is noticed.</summary>
    public TimeSpan Wait { get; init; }

    public static CallFate From(Dice dice, FaultRates faults) => new()
    {
        IsRequestLost = dice.Chance(faults.RequestsLost),
        IsThrottled = dice.Chance(faults.Throttles),
        IsRunTwice = dice.Chance(faults.RunsTwice),
        IsAnswerLost = dice.Chance(faults.AnswersLost),
        IsNeverAnswered = dice.Chance(faults.AnswersNeverCome),
        IsGarbled = dice.Chance(faults.AnswersGarbled),
        IsLate = dice.Chance(faults.AnswersLate),
        Wait = dice.Spread(TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(5)),
    };
}
