using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Tests.Support;

/// <summary>What becomes of one invocation; the default is <c>work()</c>.</summary>
/// <param name="asked">The event.</param>
/// <param name="work">Does the work, and answers as the function would.</param>
internal delegate Task<InvokeOutcome> Script(WorkerEvent asked, Func<Task<InvokeOutcome>> work);
