using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>What someone wants to do.</summary>
public enum IntentKind : byte
{
    /// <summary>A citizen files a dossier.</summary>
    FileDossier,

    /// <summary>A citizen reports something.</summary>
    FileFeedback,

    /// <summary>A citizen answers.</summary>
    Answer,

    /// <summary>A citizen takes the case back.</summary>
    Withdraw,

    /// <summary>An official takes the next case of a desk.</summary>
    TakeNext,

    /// <summary>An official asks the citizen.</summary>
    Ask,

    /// <summary>An official passes the case up.</summary>
    Escalate,

    /// <summary>An official of a department returns the case.</summary>
    SendBack,

    /// <summary>An official decides in the citizen's favour.</summary>
    Resolve,

    /// <summary>An official turns the case down.</summary>
    Reject,

    /// <summary>The result is handed over.</summary>
    Return,

    /// <summary>A citizen rates the result.</summary>
    Rate,

    /// <summary>The office closes the case.</summary>
    Close,

    /// <summary>A citizen objects to the result.</summary>
    Reopen,
}

/// <summary>One command as the play wants it, before it becomes an HTTP request or a message.</summary>
/// <remarks>Only the fields that the kind needs are set.</remarks>
public struct Intent : IEquatable<Intent>
{
    /// <summary>What is wanted.</summary>
    public IntentKind Kind { get; set; }

    /// <summary>The play's slot of the case, -1 for taking the next.</summary>
    public int Slot { get; set; }

    /// <summary>The play's place of the official, -1 for citizens.</summary>
    public int OfficialPlace { get; set; }

    /// <summary>Repeating the intent repeats this id.</summary>
    public CommandId Id { get; set; }

    /// <summary>The case; of a new one, the number it is to have where the door lets the caller choose.</summary>
    public TwinId Case { get; set; }

    /// <summary>The official who acts.</summary>
    public TwinId Official { get; set; }

    /// <summary>The desk from which the next case is taken.</summary>
    public TwinId Desk { get; set; }

    /// <summary>The service or category of a new case.</summary>
    public string? Service { get; set; }

    /// <summary>The commune of a new case.</summary>
    public TwinId Commune { get; set; }

    /// <summary>The citizen of a new case.</summary>
    public TwinId Citizen { get; set; }

    /// <summary>The channel of a new case.</summary>
    public Channel Channel { get; set; }

    /// <summary>Documents given or asked for.</summary>
    public ImmutableArray<string> Documents { get; set; }

    /// <summary>A description, question, answer or reason.</summary>
    public string? Text { get; set; }

    /// <summary>The rating, 1 to 5.</summary>
    public int Score { get; set; }

    /// <summary>Where the reported matter is.</summary>
    public GeoPoint? Place { get; set; }

    /// <inheritdoc/>
    public readonly bool Equals(Intent other) => Id == other.Id && Kind == other.Kind;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Intent other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => Id.GetHashCode();

    /// <summary>The same command.</summary>
    public static bool operator ==(Intent left, Intent right) => left.Equals(right);

    /// <summary>Another command.</summary>
    public static bool operator !=(Intent left, Intent right) => !left.Equals(right);
}
