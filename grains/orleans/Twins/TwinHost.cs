using CityTwin.Silo;
using CityTwin.Silo.Turns;
using Microsoft.Extensions.Logging;
using Orleans;

namespace CityTwin.Grains.Orleans;

/// <summary>What all twins of a silo share: the rules, the journal and the ways out. One for each silo; thread-safe.</summary>
/// <param name="types">The kinds of twins.</param>
/// <param name="city">The city's identity.</param>
/// <param name="folderRules">The rules as its folder has them.</param>
/// <param name="store">Reads twins.</param>
/// <param name="committer">Makes turns durable.</param>
/// <param name="courier">Carries messages.</param>
/// <param name="options">Bounds.</param>
/// <param name="logger">Where trouble is told.</param>
public sealed class TwinHost(
    TwinTypes types, TwinId city, CityRules folderRules, ITwinStore store, IGroupCommitter committer, Courier courier, TwinGrainOptions options, ILogger logger)
{
    private readonly Lock _gate = new();
    private volatile RulesInForce _rules = new(folderRules, 0);

    /// <summary>The kinds of twins.</summary>
    public TwinTypes Types { get; } = types;

    /// <summary>The city.</summary>
    public TwinId City { get; } = city;

    /// <summary>Reads twins.</summary>
    public ITwinStore Store { get; } = store;

    /// <summary>Makes turns durable.</summary>
    public IGroupCommitter Committer { get; } = committer;

    /// <summary>Carries messages.</summary>
    public Courier Courier { get; } = courier;

    /// <summary>Bounds.</summary>
    public TwinGrainOptions Options { get; } = options;

    /// <summary>Where trouble is told.</summary>
    public ILogger Logger { get; } = logger;

    /// <summary>Counters.</summary>
    public TwinCounters Counters { get; } = new();

    /// <summary>The activations that hold citizens' texts.</summary>
    public TextHolders Texts { get; init; } = new();

    /// <summary>The rules in force, as far as this silo knows.</summary>
    public RulesInForce Rules => _rules;

    /// <summary>What follows from commands here, and who waits for it.</summary>
    public Trails Trails => Courier.Trails;

    /// <summary>Counts the changes of the cluster's members: a grain that sees another number asks whether it is in its place.</summary>
    public int Generation { get; set; }

    /// <summary>Whether a twin is in its place on this silo, given the office that it is near; set with the members.</summary>
    public Func<TwinId, long, bool> IsInPlace { get; set; } = static (_, _) => true;

    /// <summary>Says what the city twin is; an older version than the one known changes nothing.</summary>
    public void SetCity(TwinState state, int version)
    {
        lock (_gate)
        {
            if (version > _rules.Version)
            {
                _rules = new RulesInForce(Types.InForce(folderRules, state), version);
            }
        }
    }

    /// <summary>Sees to it that this silo knows at least the rules that somebody else has seen.</summary>
    /// <exception cref="Silo.Journal.JournalException">The database does not answer.</exception>
    public async Task KnowRulesAsync(int version)
    {
        if (_rules.Version >= version)
        {
            return;
        }
        TwinType type = Types[TwinKind.City];
        TwinState state = type.Initial;
        int reached = 0;
        foreach (Silo.Journal.RecordedEvent recorded in (await Store.LoadAsync(City, 0)).Events)
        {
            (state, reached) = (type.Evolve(state, recorded.Event), recorded.Version);
        }
        SetCity(state, reached);
    }
}

/// <summary>The rules in force as of a version of the city twin.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Version">The city twin's version; 0: those of the folder.</param>
public sealed record RulesInForce(CityRules Rules, int Version);

/// <summary>Bounds of the grains.</summary>
public sealed class TwinGrainOptions
{
    /// <summary>Events of one twin between two snapshots of it. 16 to 1,000,000, default 256. Cases, whose histories are short, have none.</summary>
    public int SnapshotEvery { get; set; } = 256;

    /// <summary>Events of one twin between two states of it that are kept for reading the past; more for a state with more entries. Default 2,048.</summary>
    public int PastSnapshotEvery { get; set; } = 2_048;

    /// <summary>How long an answer waits for what follows from its command at other twins; the command itself stands by then. Default 2 s.</summary>
    public TimeSpan SettleTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
