using System.Text.Json;
using System.Text.RegularExpressions;

namespace AotRecTrainer.Deploy.Tests.Support;

/// <summary>What a role's policy allows, decided as IAM decides it: nothing but what a statement names, under all of its conditions.</summary>
internal sealed class RolePolicy
{
    private readonly Statement[] _statements;

    /// <param name="document">The policy; every statement allows, and its conditions are of the kind <c>StringLike</c>.</param>
    public RolePolicy(JsonElement document) => _statements = [.. document.GetProperty("Statement").EnumerateArray().Select(Statement.Read)];

    /// <summary>Every pair of an action and a resource that a statement names.</summary>
    public IEnumerable<(string Action, string Resource)> Rights =>
        from statement in _statements from action in statement.Actions from resource in statement.Resources select (action, resource);

    /// <summary>Whether a request is allowed.</summary>
    /// <param name="action">As IAM calls it.</param>
    /// <param name="resource">The ARN that it is about.</param>
    /// <param name="facts">What a condition may ask of the request; a fact that the request does not state is not there.</param>
    public bool Allows(string action, string resource, params (string Name, string Value)[] facts) => _statements.Any(statement =>
        statement.Actions.Any(pattern => IsLike(action, pattern))
        && statement.Resources.Any(pattern => IsLike(resource, pattern))
        && statement.Conditions.All(condition => facts.Any(fact => fact.Name == condition.Fact && condition.Patterns.Any(pattern => IsLike(fact.Value, pattern)))));

    private static bool IsLike(string text, string pattern) =>
        Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$", RegexOptions.Singleline | RegexOptions.NonBacktracking);

    private sealed record Statement(string[] Actions, string[] Resources, (string Fact, string[] Patterns)[] Conditions)
    {
        public static Statement Read(JsonElement statement)
        {
            if (statement.GetProperty("Effect").GetString() != "Allow") throw new NotSupportedException($"expected Allow, found {statement}");
            return new(
                OneOrMany(statement.GetProperty("Action")),
                OneOrMany(statement.GetProperty("Resource")),
                statement.TryGetProperty("Condition", out JsonElement conditions) ? [.. conditions.EnumerateObject().SelectMany(ReadCondition)] : []);
        }

        private static IEnumerable<(string, string[])> ReadCondition(JsonProperty condition) => condition.Name == "StringLike"
            ? condition.Value.EnumerateObject().Select(fact => (fact.Name, OneOrMany(fact.Value)))
            : throw new NotSupportedException($"expected a condition StringLike, found {condition}");

        private static string[] OneOrMany(JsonElement element) =>
            element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(item => item.GetString()!)] : [element.GetString()!];
    }
}
