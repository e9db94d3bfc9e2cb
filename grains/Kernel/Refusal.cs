namespace CityTwin.Grains;

/// <summary>Why a command was refused. Part of the contract: the API's problem types are made of these names.</summary>
public enum Refusal
{
    /// <summary>Not refused.</summary>
    None = 0,
}
