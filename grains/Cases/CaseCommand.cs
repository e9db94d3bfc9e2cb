using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What a case can be asked to do. Those under "messages" come from other twins only.</summary>
public abstract record CaseCommand : TwinCommand
{
    private CaseCommand()
    {
    }

    /// <summary>A citizen files a dossier of an administrative procedure.</summary>
    /// <param name="Service">A service code of the catalogue.</param>
    /// <param name="Commune">Where the citizen lives or the matter lies.</param>
    /// <param name="Citizen">Who files.</param>
    /// <param name="Channel">How.</param>
    /// <param name="Documents">Codes of the documents given along with it.</param>
    /// <param name="Urgency">Overrides the service's urgency.</param>
    public sealed record FileDossier(
        string Service, TwinId Commune, TwinId Citizen, Channel Channel, ImmutableArray<string> Documents, Urgency? Urgency = null) : CaseCommand;

    /// <summary>A citizen reports something.</summary>
    /// <param name="Category">A feedback category code of the catalogue.</param>
    /// <param name="Commune">Where it is.</param>
    /// <param name="Citizen">Who reports; none (default) when unnamed.</param>
    /// <param name="Channel">How.</param>
    /// <param name="Description">What is the matter, 1 to 6,000 characters, with what other programs sent along.</param>
    /// <param name="Place">Where exactly.</param>
    /// <param name="Urgency">Overrides the category's urgency.</param>
    /// <param name="Classification">What a model read in it, where the category is not a person's choice. It was asked at the edge.</param>
    /// <param name="IsCityWide">Whether it concerns the whole city: the department of the category's field has it, also where communes decide the category.</param>
    public sealed record FileFeedback(
        string Category, TwinId Commune, TwinId Citizen, Channel Channel, string Description, GeoPoint? Place = null, Urgency? Urgency = null,
        CaseClassification? Classification = null, bool IsCityWide = false) : CaseCommand;

    /// <summary>A citizen reports what this case already stands for: the report joins it instead of becoming a case of its own.</summary>
    /// <param name="Report">The number of the report, which it would have had as a case: one that joined last does not join again.</param>
    /// <param name="Citizen">Who reports; none when unnamed.</param>
    /// <param name="Channel">How.</param>
    /// <param name="Description">What is the matter, 1 to 4,000 characters.</param>
    /// <param name="Place">Where exactly.</param>
    /// <param name="Likeness">How alike the reports were found, 0 to 1.</param>
    public sealed record Follow(long Report, TwinId Citizen, Channel Channel, string Description, GeoPoint? Place, double Likeness) : CaseCommand;

    /// <summary>A person says what a report is about, or corrects it; the case goes to the office and desk of that category.</summary>
    /// <param name="Category">A feedback category code of the catalogue.</param>
    /// <param name="Official">Who says so; none when unnamed.</param>
    /// <param name="Urgency">How urgent it is; null: as usual in a new category, as before in the same.</param>
    public sealed record AssignCategory(string Category, TwinId Official = default, Urgency? Urgency = null) : CaseCommand;

    /// <summary>The citizen answers: gives documents that were missing, or says what was asked.</summary>
    public sealed record Answer(ImmutableArray<string> Documents, string? Text = null) : CaseCommand;

    /// <summary>The citizen takes the case back.</summary>
    public sealed record Withdraw(string? Reason = null) : CaseCommand;

    /// <summary>The citizen rates the result, 1 (worst) to 5.</summary>
    public sealed record Rate(int Score, string? Comment = null) : CaseCommand;

    /// <summary>The citizen objects to the result.</summary>
    public sealed record Reopen(string Reason) : CaseCommand;

    /// <summary>The official in charge asks the citizen; the deadline stops.</summary>
    public sealed record AskCitizen(TwinId Official, ImmutableArray<string> Documents, string? Question = null) : CaseCommand;

    /// <summary>The official in charge passes the case up to a department.</summary>
    /// <param name="Official">Who has it in hand.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Department">To whom; none: the department of the service's field.</param>
    public sealed record Escalate(TwinId Official, string Reason, TwinId Department = default) : CaseCommand;

    /// <summary>The official of a department returns the case to its commune.</summary>
    public sealed record SendBack(TwinId Official, string Reason) : CaseCommand;

    /// <summary>The official in charge decides in the citizen's favour, or mends what was reported.</summary>
    public sealed record Resolve(TwinId Official, string? Outcome = null) : CaseCommand;

    /// <summary>The official in charge turns the case down, with the reason.</summary>
    public sealed record Reject(TwinId Official, string Reason) : CaseCommand;

    /// <summary>The result is handed to the citizen.</summary>
    public sealed record ReturnResult : CaseCommand;

    /// <summary>The case is closed without waiting for a rating.</summary>
    public sealed record Close : CaseCommand;

    /// <summary>An operator moves the case to another office, or another desk of its office.</summary>
    public sealed record Reassign(TwinId Office, string Reason, TwinId Desk = default) : CaseCommand;

    /// <summary>Message of the citizen's ledger: which needed documents it has, and which are missing.</summary>
    public sealed record RecordDocumentCheck(ImmutableArray<string> Reused, ImmutableArray<string> Missing) : CaseCommand;

    /// <summary>Message of a desk: the case stands in its queue.</summary>
    public sealed record RecordQueued(TwinId Office, TwinId Desk) : CaseCommand;

    /// <summary>Message of a desk: an official took the case.</summary>
    public sealed record StartWork(TwinId Desk, TwinId Official) : CaseCommand;

    /// <summary>Message of a desk that closes or hands over: the case goes to another office.</summary>
    /// <param name="Office">Where to.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Desk">The desk that says so; a case that has left it meanwhile stays where it is. None: whichever desk it is at.</param>
    /// <param name="TurnedAway">True when the case never joined the queue, because the desk had closed.</param>
    public sealed record Reroute(TwinId Office, string Reason, TwinId Desk = default, bool TurnedAway = false) : CaseCommand;

    /// <summary>Message of an area of sensors: another alert of the incident that this case was filed for.</summary>
    /// <param name="Alert">Names the alert and its moment: one that joined last does not join again.</param>
    /// <param name="Description">What the sensor says, 1 to 4,000 characters.</param>
    /// <param name="Place">Where the sensor stands.</param>
    /// <param name="Urgency">How urgent the case is from now on at least; null: as it is.</param>
    public sealed record TakeUpAlert(long Alert, string Description, GeoPoint? Place, Urgency? Urgency) : CaseCommand;

    /// <summary>Message of the runtime: the moment of the next deadline has come.</summary>
    public sealed record ReachDeadline : CaseCommand;
}

/// <summary>A point on the earth, WGS 84.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude);
