namespace CityTwin.Silo.Operations;

/// <summary>How a column's values are stored, where SQLite and PostgreSQL differ.</summary>
internal enum ColumnKind
{
    /// <summary>A whole number, 64 bits.</summary>
    Number,

    /// <summary>A whole number, 32 bits.</summary>
    SmallNumber,

    /// <summary>A whole number, 16 bits.</summary>
    TinyNumber,

    /// <summary>A number with a fraction, 64 bits.</summary>
    Real,

    /// <summary>A moment; carried as Unix milliseconds.</summary>
    Moment,

    /// <summary>A command's identity, or null; carried as 16 bytes.</summary>
    Command,

    /// <summary>Yes or no; carried as 1 or 0.</summary>
    Flag,

    /// <summary>A text.</summary>
    Text,

    /// <summary>JSON; carried as text.</summary>
    Json,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>A table that every journal has, with the columns that make up its content.</summary>
/// <param name="Name">The table.</param>
/// <param name="Order">The columns that give the order of reading.</param>
/// <param name="Columns">Columns and their kinds.</param>
internal sealed record JournalTable(string Name, string Order, params (string Name, ColumnKind Kind)[] Columns)
{
    /// <summary>The events.</summary>
    public static JournalTable Events { get; } = new(
        "events", "position", ("position", ColumnKind.Number), ("twin", ColumnKind.Number), ("version", ColumnKind.SmallNumber), ("previous", ColumnKind.Number),
        ("at", ColumnKind.Moment), ("command", ColumnKind.Command), ("type", ColumnKind.Text), ("data", ColumnKind.Json));

    /// <summary>Messages sent and not delivered.</summary>
    public static JournalTable Outbox { get; } = new(
        "outbox", "sequence", ("sequence", ColumnKind.Number), ("target", ColumnKind.Number), ("type", ColumnKind.Text), ("data", ColumnKind.Json));

    /// <summary>The latest state of each twin that has one.</summary>
    public static JournalTable Snapshots { get; } = new(
        "snapshots", "twin", ("twin", ColumnKind.Number), ("version", ColumnKind.SmallNumber), ("position", ColumnKind.Number), ("finished", ColumnKind.Flag),
        ("recent", ColumnKind.Bytes), ("data", ColumnKind.Json));

    /// <summary>Earlier states.</summary>
    public static JournalTable PastSnapshots { get; } = new(
        "past_snapshots", "twin, position", ("twin", ColumnKind.Number), ("position", ColumnKind.Number), ("version", ColumnKind.SmallNumber), ("data", ColumnKind.Json));

    /// <summary>Earlier forms of views.</summary>
    public static JournalTable PastViews { get; } = new(
        "past_views", "name, position", ("name", ColumnKind.Text), ("position", ColumnKind.Number), ("data", ColumnKind.Bytes));

    /// <summary>The latest checkpoint.</summary>
    public static JournalTable Checkpoints { get; } = new(
        "checkpoints", "part", ("part", ColumnKind.Text), ("position", ColumnKind.Number), ("at", ColumnKind.Moment), ("data", ColumnKind.Bytes));

    /// <summary>Citizens' keys.</summary>
    public static JournalTable Keys { get; } = new("keys", "subject", ("subject", ColumnKind.Number), ("key", ColumnKind.Bytes));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JournalTable> All { get; } = [Events, Outbox, Snapshots, PastSnapshots, PastViews, Checkpoints, Keys];

    /// <summary>The tables of the time series of readings, under their names in PostgreSQL; SQLite has them in a file of their own.</summary>
    public static IReadOnlyList<JournalTable> Readings { get; } =
    [
        new("reading_blocks", "number", ("number", ColumnKind.Number), ("count", ColumnKind.SmallNumber), ("readings", ColumnKind.Bytes)),
        new("reading_chunks", "sensor, measure, start", ("sensor", ColumnKind.Number), ("measure", ColumnKind.TinyNumber), ("start", ColumnKind.Number), ("packed", ColumnKind.Bytes)),
        new("reading_rollups", "span, sensor, measure, start", ("span", ColumnKind.SmallNumber), ("sensor", ColumnKind.Number), ("measure", ColumnKind.TinyNumber),
            ("start", ColumnKind.Number), ("count", ColumnKind.Number), ("sum", ColumnKind.Real), ("min", ColumnKind.Real), ("max", ColumnKind.Real)),
        new("reading_watches", "sensor", ("sensor", ColumnKind.Number), ("number", ColumnKind.Number), ("state", ColumnKind.Bytes)),
        new("reading_mark", "followed", ("followed", ColumnKind.Number)),
    ];

    /// <summary>The columns' names, for a statement.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(c => c.Name));
}
