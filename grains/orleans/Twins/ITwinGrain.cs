using Orleans;

namespace CityTwin.Grains.Orleans;

/// <summary>A twin as a grain. Its key is the packed <see cref="TwinId.Value"/>.</summary>
/// <remarks>
/// Nobody but the edge, the sweepers and the couriers call grains, and grains call nobody: what one twin has to tell another is a
/// message in the outbox. So the call graph has no cycle.
/// </remarks>
public interface ITwinGrain : IGrainWithIntegerKey
{
    /// <summary>Executes the turn of a command; the answer is given when its events, and all that followed from them, are durable.</summary>
    /// <exception cref="TwinMovedException">The command may or may not stand: send it again under its id.</exception>
    Task<TwinAnswer> Execute(TwinRequest request);

    /// <summary>The durable state, now.</summary>
    Task<TwinAnswer> Read();

    /// <summary>Takes messages of one sender, in the order of sending; returns when what they made of the twin is durable.</summary>
    /// <exception cref="TwinMovedException">They may or may not have been taken: send them again.</exception>
    Task<PostOutcome> Take(TwinPost post);

    /// <summary>Says that a deadline has come up: it fires if the twin still waits for it.</summary>
    Task Fire(DateTimeOffset due, int rulesVersion);

    /// <summary>Activates the twin: what it sent and was not delivered is sent again.</summary>
    Task Wake();
}

/// <summary>The policy of a city.</summary>
public interface ICityGrain : ITwinGrain;

/// <summary>A ward, commune or special zone.</summary>
public interface ICommuneGrain : ITwinGrain;

/// <summary>A city agency.</summary>
public interface IDepartmentGrain : ITwinGrain;

/// <summary>A queue of one office.</summary>
public interface IDeskGrain : ITwinGrain;

/// <summary>A dossier or a feedback report.</summary>
public interface ICaseGrain : ITwinGrain;

/// <summary>A measuring device.</summary>
public interface ISensorGrain : ITwinGrain;

/// <summary>A pseudonymous person's once-only ledger.</summary>
public interface ICitizenGrain : ITwinGrain;

/// <summary>A person who works at desks.</summary>
public interface IOfficialGrain : ITwinGrain;
