using System.ComponentModel.DataAnnotations;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Cases;

/// <summary>A new case. Members not needed by its kind must be left out.</summary>
/// <param name="Kind">dossier or feedback; required.</param>
/// <param name="Service">The service's or feedback category's code in /city/catalogue. Feedback without one is read by the model, and by a person where that is not sure.</param>
/// <param name="Commune">Where the citizen lives or the matter lies; required.</param>
/// <param name="Channel">How it came in; required.</param>
/// <param name="Citizen">Who files; required for a dossier, may be left out for feedback.</param>
/// <param name="Documents">Dossier: codes of the documents given along, at most 50.</param>
/// <param name="Description">Feedback: what is the matter, 1 to 4,000 characters; required.</param>
/// <param name="Place">Feedback: where exactly.</param>
/// <param name="Urgency">Overrides the usual urgency.</param>
/// <param name="Group">Feedback with a place: whether it may join an open case of the same thing. Default: true without a service, false with one. A batch never groups.</param>
internal sealed record FileCase(
    [property: Required] CaseKind? Kind = null, string? Service = null, [property: Required] TwinId? Commune = null,
    [property: Required] Channel? Channel = null, TwinId? Citizen = null,
    string[]? Documents = null, string? Description = null, PlaceBody? Place = null, Urgency? Urgency = null, bool? Group = null);

/// <summary>A point on the earth, WGS 84.</summary>
/// <param name="Latitude">Degrees north, -90 to 90; required.</param>
/// <param name="Longitude">Degrees east, -180 to 180; required.</param>
internal sealed record PlaceBody([property: Required] double? Latitude = null, [property: Required] double? Longitude = null);

/// <summary>Many new cases; each stands or is refused on its own.</summary>
/// <param name="Cases">1 to 1,000 cases.</param>
internal sealed record FileBatch([property: Required] FileCase?[]? Cases = null);

/// <summary>The citizen's answer.</summary>
/// <param name="Documents">Codes of the documents given now, at most 50.</param>
/// <param name="Text">What the citizen says, at most 4,000 characters.</param>
internal sealed record AnswerBody(string[]? Documents = null, string? Text = null);

/// <summary>The citizen takes the case back.</summary>
/// <param name="Reason">Why, at most 4,000 characters.</param>
internal sealed record WithdrawBody(string? Reason = null);

/// <summary>The citizen's rating.</summary>
/// <param name="Score">1 (worst) to 5; required.</param>
/// <param name="Comment">At most 4,000 characters.</param>
internal sealed record RateBody([property: Required] int? Score = null, string? Comment = null);

/// <summary>The citizen objects to the result.</summary>
/// <param name="Reason">Why, 1 to 4,000 characters; required.</param>
internal sealed record ReopenBody([property: Required] string? Reason = null);

/// <summary>An official asks the citizen; the deadline stops.</summary>
/// <param name="Official">Who has the case in hand; required.</param>
/// <param name="Documents">Codes of the documents asked for, at most 50.</param>
/// <param name="Question">At most 4,000 characters.</param>
/// <param name="Case">Under /desks only: the case; required there.</param>
internal sealed record AskBody([property: Required] TwinId? Official = null, string[]? Documents = null, string? Question = null, TwinId? Case = null);

/// <summary>An official passes the case up to a department.</summary>
/// <param name="Official">Who has the case in hand; required.</param>
/// <param name="Reason">Why, 1 to 4,000 characters; required.</param>
/// <param name="Department">To whom; when left out, the department of the service's field.</param>
/// <param name="Case">Under /desks only: the case; required there.</param>
internal sealed record EscalateBody([property: Required] TwinId? Official = null, [property: Required] string? Reason = null, TwinId? Department = null, TwinId? Case = null);

/// <summary>An official sends the case back, or turns it down.</summary>
/// <param name="Official">Who has the case in hand; required.</param>
/// <param name="Reason">Why, 1 to 4,000 characters; required.</param>
/// <param name="Case">Under /desks only: the case; required there.</param>
internal sealed record ReasonBody([property: Required] TwinId? Official = null, [property: Required] string? Reason = null, TwinId? Case = null);

/// <summary>An official decides in the citizen's favour, or reports that the matter is mended.</summary>
/// <param name="Official">Who has the case in hand; required.</param>
/// <param name="Outcome">The result in words, at most 4,000 characters.</param>
/// <param name="Case">Under /desks only: the case; required there.</param>
internal sealed record ResolveBody([property: Required] TwinId? Official = null, string? Outcome = null, TwinId? Case = null);

/// <summary>An operator moves the case.</summary>
/// <param name="Office">To which commune or department; required.</param>
/// <param name="Reason">Why, 1 to 4,000 characters; required.</param>
/// <param name="Desk">To which of its desks; when left out, the one with the shortest expected wait.</param>
internal sealed record ReassignBody([property: Required] TwinId? Office = null, [property: Required] string? Reason = null, TwinId? Desk = null);

/// <summary>Nothing more needs to be said.</summary>
internal sealed record EmptyBody;
