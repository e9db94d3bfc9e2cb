using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CityTwin.Silo.Journal;

/// <summary>Makes events of earlier versions into those of today while they are read; what is stored never changes.</summary>
/// <remarks>
/// An event whose meaning or fields change incompatibly gets a new name (<c>CaseFiled</c>, then <c>CaseFiledWithPlace</c>), and a step
/// here that makes the old JSON into the new. Steps chain. Its golden file stays, as the fixture that the step is tested with.
/// Immutable.
/// </remarks>
internal sealed class Upcasters
{
    private readonly FrozenDictionary<string, Step> _steps;

    /// <summary>A set of steps.</summary>
    /// <exception cref="ArgumentException">Two steps begin at one name, or they go in a circle.</exception>
    public Upcasters(params IReadOnlyCollection<Step> steps)
    {
        _steps = steps.ToFrozenDictionary(s => s.From);
        foreach (Step step in steps)
        {
            int length = 0;
            for (string name = step.To; _steps.TryGetValue(name, out Step? next); name = next.To)
            {
                if (++length > steps.Count)
                {
                    throw new ArgumentException($"the upcasters from '{step.From}' go in a circle", nameof(steps));
                }
            }
        }
    }

    /// <summary>The steps from everything that was ever released. None so far: every event is still of its first version.</summary>
    public static Upcasters Released { get; } = new();

    /// <summary>Takes an event up to the newest version there is a step to.</summary>
    /// <exception cref="JsonException">It is not a JSON object, or there is no step from its name.</exception>
    public (string Name, JsonObject Json) Raise(string name, ReadOnlySpan<byte> json)
    {
        if (!_steps.ContainsKey(name))
        {
            throw new JsonException($"the journal holds a '{name}', which this version does not know");
        }
        JsonObject raised = JsonNode.Parse(json) as JsonObject ?? throw new JsonException($"a '{name}' in the journal is not a JSON object");
        while (_steps.TryGetValue(name, out Step? step))
        {
            step.Change(raised);
            name = step.To;
        }
        return (name, raised);
    }

    /// <summary>One step: from an old name to a newer one.</summary>
    /// <param name="From">The name under which the old version is stored.</param>
    /// <param name="To">The name of the version after it.</param>
    /// <param name="Change">Makes the old JSON into the new, in place.</param>
    public sealed record Step(string From, string To, Action<JsonObject> Change);
}
