using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.Lambda.Logs;
using AotRecTrainer.Lambda.Runtime;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Serving;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Function;

/// <summary>Reads an event's role and runs it. Keeps the worker, with its cache, between invocations.</summary>
internal sealed class RoleDispatcher : IDisposable
{
    // Set where workers have a function of their own, with rights and memory that are theirs.
    private const string WorkerFunctionVariable = "AOTREC_WORKER_FUNCTION";

    // Set to true where the bucket has a life-cycle rule for what ended runs left.
    private const string TagRoundsVariable = "AOTREC_TAG_ROUNDS";

    private readonly ShardComputer _computer;
    private readonly TrainingHost _host;
    private readonly WorkerRole _worker;
    private readonly RecommendRole _recommender;
    private LambdaInvoker? _invoker;

    public RoleDispatcher(ShardComputer computer, FunctionLog log)
    {
        _computer = computer;
        _host = new TrainingHost
        {
            Log = log.Info,
            OpenStore = OpenStore,
            WorkerFunction = Environment.GetEnvironmentVariable(WorkerFunctionVariable),
        };
        _worker = new WorkerRole(computer, _host);
        _recommender = new RecommendRole(_host);
    }

    public async Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        try
        {
            return RoleOf(invocation.Payload) switch
            {
                "worker" => await WorkAsync(invocation, cancellationToken),
                "recommend" => await RecommendAsync(invocation, cancellationToken),
                _ => await CoordinateAsync(invocation, cancellationToken),
            };
        }
        catch (Exception problem) when (FunctionFailure.TypeOf(problem) is not FunctionFailure.OtherType)
        {
            throw new FunctionErrorException(FunctionFailure.TypeOf(problem), problem.Message, problem);
        }
    }

    public void Dispose()
    {
        _worker.Dispose();
        _recommender.Dispose();
        _invoker?.Dispose();
    }

    private static IObjectStore OpenStore(string location) => Environment.GetEnvironmentVariable(TagRoundsVariable) == "true"
        ? ObjectStores.Open(location, RoundKeys.IsOfRound)
        : ObjectStores.Open(location);

    private static string RoleOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new TrainingInputException($"the event is a JSON {document.RootElement.ValueKind}, expected an object");
            if (!document.RootElement.TryGetProperty("role", out JsonElement role)) return "coordinator";
            string? name = role.ValueKind == JsonValueKind.String ? role.GetString() : role.GetRawText();
            return name is "coordinator" or "worker" or "recommend"
                ? name
                : throw new TrainingInputException($"role is \"{name}\", expected coordinator, worker or recommend");
        }
        catch (JsonException problem)
        {
            throw new TrainingInputException($"the event is not JSON: {problem.Message}", problem);
        }
    }

    private static T Read<T>(ReadOnlyMemory<byte> payload, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, type) ?? throw new TrainingInputException("the event is null, expected an object");
        }
        catch (JsonException problem)
        {
            throw new TrainingInputException($"the event: {problem.Message}", problem);
        }
    }

    private async Task<ReadOnlyMemory<byte>> WorkAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        WorkerEvent asked = Read(invocation.Payload, TrainingJson.Default.WorkerEvent);
        WorkerResult result = await _worker.RunAsync(asked, cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.WorkerResult);
    }

    private async Task<ReadOnlyMemory<byte>> RecommendAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        RecommendEvent asked = Read(invocation.Payload, TrainingJson.Default.RecommendEvent);
        RecommendResult result = await _recommender.RunAsync(asked, cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.RecommendResult);
    }

    private async Task<ReadOnlyMemory<byte>> CoordinateAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        CoordinatorEvent asked = Read(invocation.Payload, TrainingJson.Default.CoordinatorEvent);
        string function = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME") ?? "aotrec";
        int? megabytes = FunctionMemory.Megabytes(Environment.GetEnvironmentVariable);
        CoordinatorRole coordinator = new(
            _computer, () => _invoker ??= new LambdaInvoker(LambdaInvokerOptions.FromEnvironment()), function, megabytes, _host);
        InvocationInfo info = new(
            invocation.RequestId, invocation.Deadline == DateTimeOffset.MaxValue ? null : invocation.Deadline);
        CoordinatorResult result = await coordinator.RunAsync(asked, info, cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.CoordinatorResult);
    }
}
