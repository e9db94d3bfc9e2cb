namespace CityTwin.Grains;

/// <summary>A request to one twin. Immutable; carries all that its decision needs except the time and the rules, which the turn brings.</summary>
public abstract record TwinCommand;

/// <summary>Something that happened to one twin. Names and fields are a storage format: see docs/journal.md before changing one.</summary>
public abstract record TwinEvent;

/// <summary>What a twin is after its events. Immutable, so that keeping a reference is keeping a snapshot.</summary>
public abstract record TwinState
{
    /// <summary>How many entries its collections hold, about: what writing it out costs. 0 for a state of a few fields.</summary>
    public virtual int EntryCount => 0;
}
