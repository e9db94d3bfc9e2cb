namespace CityTwin.Grains;

/// <summary>What a twin stands for. The numbers are part of the journal's format: never renumber.</summary>
public enum TwinKind : byte
{
    /// <summary>The policy of a city or province: catalogue, calendar, routing.</summary>
    City = 1,

    /// <summary>A ward, commune or special zone: the second level.</summary>
    Commune = 2,

    /// <summary>A city agency: the first level.</summary>
    Department = 3,

    /// <summary>A queue of one office, with its officials.</summary>
    Desk = 4,

    /// <summary>A dossier or a feedback report.</summary>
    Case = 5,

    /// <summary>A measuring device.</summary>
    Sensor = 6,

    /// <summary>A pseudonymous person or firm: the once-only ledger.</summary>
    Citizen = 7,

    /// <summary>A person who works at desks.</summary>
    Official = 8,
}
