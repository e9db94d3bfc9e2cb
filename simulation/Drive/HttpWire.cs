using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>The parts of the API's answers that the driver reads.</summary>
internal static class HttpWire
{
    /// <summary>As the API writes: camel case, enumerations as words, identities as texts.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new TwinIdJson(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads an answer.</summary>
    /// <exception cref="DriveFailureException">It is not what the API of this version answers.</exception>
    public static T Read<T>(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new DriveFailureException($"the server's answer cannot be read as {typeof(T).Name}: {e.Message}", e);
        }
    }

    internal sealed record CaseAnswer(CaseBody Case);

    internal sealed record CaseBody(
        TwinId Id, CaseStage Stage, string Service, TwinId Office, TwinId? Desk, DateTimeOffset DueAt, DateTimeOffset? Until, bool? OnTime,
        ImmutableArray<string> Needed, ImmutableArray<string> Missing, int Reused);

    internal sealed record DeskAnswer(TwinId? Taken);

    internal sealed record Problem(string Type, string Title, string? Detail, IReadOnlyList<FieldError>? Errors);

    internal sealed record FieldError(string Path, string Reason);

    internal sealed record Clock(DateTimeOffset Now, ClockMode Mode, double Speed);

    internal sealed record City(TwinId Id, string NameEn, string Edition);

    internal sealed record Board(long Lag, BoardFigures Figures, IReadOnlyList<BoardOffice> Offices);

    internal sealed record BoardFigures(OfficeFigures All);

    internal sealed record BoardOffice(BoardProfile Profile, OfficeFigures Figures);

    internal sealed record BoardProfile(TwinId Id);

    internal sealed record OfficeFigures(
        long Filed, long EscalatedIn, long EscalatedOut, long Resolved, long Rejected, long Withdrawn, long OnTime, long Ratings);

    internal sealed record History(IReadOnlyList<HistoryEvent> Items, string? Next);

    internal sealed record HistoryEvent(string Type, JsonElement Data);
}
