namespace CityTwin.Grains;

/// <summary>Why a command was refused. Part of the contract: the API's problem types are made of these names. Never renumber.</summary>
public enum Refusal
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The case is not known.</summary>
    CaseNotFiled = 100,

    /// <summary>A case with this identity was filed before.</summary>
    CaseAlreadyFiled = 101,

    /// <summary>The catalogue has no such service, or it is not of this kind.</summary>
    UnknownService = 102,

    /// <summary>The catalogue has no such document.</summary>
    UnknownDocument = 103,

    /// <summary>The city has no such office, or it is not of the level needed.</summary>
    UnknownOffice = 104,

    /// <summary>The case is not waiting for the citizen.</summary>
    CaseNotWaiting = 105,

    /// <summary>The case is not in the hands of this official.</summary>
    CaseNotInHand = 106,

    /// <summary>The case has ended or has its result.</summary>
    CaseNotOpen = 107,

    /// <summary>There is no result to return, rate or reopen yet.</summary>
    CaseNotResolved = 108,

    /// <summary>The case was rated before.</summary>
    CaseAlreadyRated = 109,

    /// <summary>The time within which it could be reopened has passed.</summary>
    ReopenTooLate = 110,

    /// <summary>The case is with a department already.</summary>
    AlreadyAtCityLevel = 111,

    /// <summary>The case is not with a department, or decided at city level.</summary>
    NotAtCityLevel = 112,

    /// <summary>No department answers for the field of this service.</summary>
    NoDepartmentForField = 113,

    /// <summary>A text is empty or too long, or a number is out of its range.</summary>
    OutOfRange = 114,

    /// <summary>The case is at that office, and that desk, already.</summary>
    AlreadyThere = 115,

    /// <summary>The case is on its way to a desk; once it is there it can be moved.</summary>
    CaseOnItsWay = 116,

    /// <summary>The case is a dossier: only reports are followed and given another category.</summary>
    CaseNotFeedback = 117,

    /// <summary>The desk is not known or closed.</summary>
    DeskNotOpen = 200,

    /// <summary>The desk was opened before.</summary>
    DeskAlreadyOpen = 201,

    /// <summary>Nothing waits at the desk.</summary>
    DeskEmpty = 202,

    /// <summary>The official does not work at this desk.</summary>
    OfficialNotAtDesk = 203,

    /// <summary>The official has as many cases in hand as allowed.</summary>
    OfficialHandsFull = 204,

    /// <summary>The case does not wait at this desk.</summary>
    CaseNotAtDesk = 205,

    /// <summary>A desk needs at least one official while cases wait.</summary>
    LastOfficial = 206,

    /// <summary>The office is not established.</summary>
    OfficeNotEstablished = 300,

    /// <summary>The office was established before.</summary>
    OfficeAlreadyEstablished = 301,

    /// <summary>The office was merged into another one.</summary>
    OfficeMerged = 302,

    /// <summary>The office has such a desk already.</summary>
    DeskExists = 303,

    /// <summary>The ledger has no such document.</summary>
    DocumentNotInLedger = 400,

    /// <summary>The official is not appointed.</summary>
    OfficialNotAppointed = 500,

    /// <summary>The city is not founded.</summary>
    CityNotFounded = 600,

    /// <summary>The city was founded before.</summary>
    CityAlreadyFounded = 601,

    /// <summary>A commune cannot be merged into itself, or is merged away already.</summary>
    MergeNotPossible = 602,

    /// <summary>The commune cannot be split so.</summary>
    SplitNotPossible = 603,

    /// <summary>The sensor is not registered.</summary>
    SensorNotRegistered = 700,

    /// <summary>The sensor was registered otherwise before.</summary>
    SensorAlreadyRegistered = 701,

    /// <summary>No such alert of the sensor is raised.</summary>
    AlertNotRaised = 702,
}
