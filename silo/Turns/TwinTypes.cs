using CityTwin.Grains;

namespace CityTwin.Silo.Turns;

/// <summary>The kinds of twins that a runtime hosts, and how rules follow from the city twin's state.</summary>
public sealed class TwinTypes
{
    private readonly TwinType?[] _byKind = new TwinType?[16];
    private readonly Func<CityRules, TwinState, CityRules> _inForce;

    /// <summary>A set of kinds.</summary>
    /// <param name="types">One for each kind.</param>
    /// <param name="inForce">The rules in force, from those of the folder and the city twin's state.</param>
    public TwinTypes(IEnumerable<TwinType> types, Func<CityRules, TwinState, CityRules> inForce)
    {
        _inForce = inForce;
        foreach (TwinType type in types)
        {
            _byKind[(int)type.Kind] = type;
        }
    }

    /// <summary>The rules of a kind.</summary>
    /// <exception cref="ArgumentException">The runtime hosts no twins of this kind.</exception>
    public TwinType this[TwinKind kind] =>
        _byKind[(int)kind] ?? throw new ArgumentException($"this runtime hosts no twins of kind {kind}", nameof(kind));

    /// <summary>Every kind hosted.</summary>
    public IEnumerable<TwinType> All => _byKind.OfType<TwinType>();

    /// <summary>The rules in force, from those of the folder and the city twin's state.</summary>
    public CityRules InForce(CityRules folder, TwinState city) => _inForce(folder, city);
}
