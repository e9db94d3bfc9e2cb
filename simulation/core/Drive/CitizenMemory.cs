using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>What citizens remember to have given: they rely on it not being asked for again.</summary>
internal sealed class CitizenMemory
{
    private readonly int[][] _documentsOf;
    private readonly CitySheet _sheet;
    private readonly Dictionary<TwinId, UInt128> _given = [];
    private readonly Dictionary<(int Service, uint Mask), ImmutableArray<string>> _lists = [];

    /// <summary>A memory for a city; documents beyond the 128th of a catalogue are brought every time.</summary>
    public CitizenMemory(CitySheet sheet)
    {
        _sheet = sheet;
        var placeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        _documentsOf = new int[sheet.Services.Length][];
        for (int service = 0; service < _documentsOf.Length; service++)
        {
            ImmutableArray<string> needed = sheet.Services[service].Documents;
            _documentsOf[service] = new int[needed.Length];
            for (int i = 0; i < needed.Length; i++)
            {
                placeOf.TryAdd(needed[i], placeOf.Count);
                _documentsOf[service][i] = placeOf[needed[i]];
            }
        }
    }

    /// <summary>The documents that a citizen brings for a service: those needed, without those given before and those forgotten.</summary>
    /// <param name="citizen">Who.</param>
    /// <param name="service">The service's place in the sheet.</param>
    /// <param name="forgotten">A bit for each of the service's documents.</param>
    public ImmutableArray<string> Bring(TwinId citizen, int service, uint forgotten)
    {
        int[] documents = _documentsOf[service];
        UInt128 given = _given.GetValueOrDefault(citizen);
        uint mask = 0;
        for (int i = 0; i < documents.Length; i++)
        {
            bool isThere = documents[i] < 128 && (given & (UInt128.One << documents[i])) != 0;
            if (!isThere && (forgotten & (1u << i)) == 0)
            {
                mask |= 1u << i;
            }
        }
        if (!_lists.TryGetValue((service, mask), out ImmutableArray<string> list))
        {
            ImmutableArray<string> all = _sheet.Services[service].Documents;
            list = [.. all.Where((_, i) => (mask & (1u << i)) != 0)];
            _lists.Add((service, mask), list);
        }
        return list;
    }

    /// <summary>A dossier was resolved: its documents were found to be genuine.</summary>
    public void Remember(TwinId citizen, int service)
    {
        if (citizen.IsNone || service < 0)
        {
            return;
        }
        UInt128 given = _given.GetValueOrDefault(citizen);
        foreach (int document in _documentsOf[service])
        {
            given |= document < 128 ? UInt128.One << document : 0;
        }
        _given[citizen] = given;
    }
}
