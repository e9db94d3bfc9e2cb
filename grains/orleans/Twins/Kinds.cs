using Orleans;
using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

/// <summary>The policy of a city.</summary>
[GrainType("city"), OfficePlacement]
public sealed class CityGrain(TwinHost host, [PersistentState("city", KeptTwin.Storage)] IPersistentState<KeptTwin> kept)
    : TwinGrain(host, kept), ICityGrain;

/// <summary>A ward, commune or special zone.</summary>
[GrainType("commune"), OfficePlacement]
public sealed class CommuneGrain(TwinHost host, [PersistentState("commune", KeptTwin.Storage)] IPersistentState<KeptTwin> kept)
    : TwinGrain(host, kept), ICommuneGrain;

/// <summary>A city agency.</summary>
[GrainType("department"), OfficePlacement]
public sealed class DepartmentGrain(TwinHost host, [PersistentState("department", KeptTwin.Storage)] IPersistentState<KeptTwin> kept)
    : TwinGrain(host, kept), IDepartmentGrain;

/// <summary>A queue of one office.</summary>
[GrainType("desk"), OfficePlacement]
public sealed class DeskGrain(TwinHost host, [PersistentState("desk", KeptTwin.Storage)] IPersistentState<KeptTwin> kept)
    : TwinGrain(host, kept), IDeskGrain;

/// <summary>A measuring device, or the alerts of an area.</summary>
[GrainType("sensor"), OfficePlacement]
public sealed class SensorGrain(TwinHost host, [PersistentState("sensor", KeptTwin.Storage)] IPersistentState<KeptTwin> kept)
    : TwinGrain(host, kept), ISensorGrain;

/// <summary>A pseudonymous person's once-only ledger.</summary>
[GrainType("citizen"), OfficePlacement]
public sealed class CitizenGrain(TwinHost host, [PersistentState("citizen", KeptTwin.Storage)] IPersistentState<KeptTwin> kept)
    : TwinGrain(host, kept), ICitizenGrain;

/// <summary>A person who works at desks.</summary>
[GrainType("official"), OfficePlacement]
public sealed class OfficialGrain(TwinHost host, [PersistentState("official", KeptTwin.Storage)] IPersistentState<KeptTwin> kept)
    : TwinGrain(host, kept), IOfficialGrain;

/// <summary>A dossier or a feedback report. Its history is a dozen or two of events, so it is its own snapshot.</summary>
[GrainType("case"), OfficePlacement]
public sealed class CaseGrain(TwinHost host) : TwinGrain(host, null), ICaseGrain
{
    /// <inheritdoc/>
    protected override bool HoldsTexts => true;

    /// <inheritdoc/>
    protected override bool IsNewBy(TwinCommand command) => command is CaseCommand.FileDossier or CaseCommand.FileFeedback;
}
