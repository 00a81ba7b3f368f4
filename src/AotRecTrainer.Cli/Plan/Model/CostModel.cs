using AotRecTrainer.Training.Results;

namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>Forecasts time and price of runs.</summary>
/// <param name="coefficients">In the order of <see cref="CostTerms.All"/>.</param>
/// <param name="lambda">Prices of functions.</param>
/// <param name="store">Prices of the store.</param>
internal sealed class CostModel(double[] coefficients, LambdaPrices lambda, StorePrices store)
{
    /// <summary>The whole forecast of a run.</summary>
    public Forecast Of(Work work, Setting setting)
    {
        SortedDictionary<Part, double> parts = [];
        foreach (Part part in Enum.GetValues<Part>()) parts[part] = 0;
        double workers = 0;
        for (int i = 0; i < coefficients.Length; i++)
        {
            CostTerm term = CostTerms.All[i];
            parts[term.Part] += coefficients[i] * term.Weight(work, setting) / 1000;
            workers += work.Workers * coefficients[i] * term.WorkerWeight(work, setting) / 1000;
        }

        double total = parts.Values.Sum();
        double gbSeconds = (total + workers) * setting.Memory / 1024;
        RequestForecast requests = RequestForecast.Of(work, total);
        return new Forecast(
            setting.Workers, setting.Memory, total, parts, gbSeconds, requests.Writes, requests.Reads, requests.Invocations,
            lambda.Of(gbSeconds, requests.Invocations), store.Of(requests.Writes, requests.Reads, requests.BytesWritten, requests.BytesRead));
    }
}
