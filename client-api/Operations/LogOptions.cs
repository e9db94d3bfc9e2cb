using System.Collections.Frozen;
using System.CommandLine;
using CityTwin.ClientApi.Exports;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Exports;

namespace CityTwin.ClientApi.Operations;

/// <summary>The options of <c>citytwin export</c> that say which part of a journal an event log is made of.</summary>
internal sealed class LogOptions
{
    private readonly Option<string?> _from = new("--from") { Description = "Event logs: from this moment, as 2026-01-05T00:00:00+07:00." };
    private readonly Option<string?> _to = new("--to") { Description = "Event logs: until before this moment." };
    private readonly Option<string?> _offices = new("--office") { Description = "Event logs: cases that these offices had, as commune/19753,department/4601." };
    private readonly Option<string?> _services = new("--service") { Description = "Event logs: cases of these services, codes with commas between." };
    private readonly Option<string?> _kind = new("--kind") { Description = "Event logs: dossier or feedback." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option<string?> option in (Option<string?>[])[_from, _to, _offices, _services, _kind])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The position after which events are exported, when the options of event logs are not given: they would be ignored.</summary>
    /// <exception cref="ArgumentException">One is given, or the position is negative.</exception>
    public long AfterWithout(ParseResult parsed, Option<long> after)
    {
        if (new[] { _from, _to, _offices, _services, _kind }.FirstOrDefault(o => parsed.GetValue(o) is not null) is { } given)
        {
            throw new ArgumentException($"{given.Name}: is of event logs; choose one with --format: {LogFormats.Words}");
        }
        return parsed.GetValue(after) is >= 0 and var position ? position : throw new ArgumentException($"--after: found {parsed.GetValue(after)}, expected a position, 0 or more");
    }

    /// <summary>Writes an event log.</summary>
    /// <returns>What to print.</returns>
    /// <exception cref="ArgumentException">An option cannot be read.</exception>
    public string Write(ParseResult parsed, string journal, string file, string format, Action<long, long> progress)
    {
        if (!LogFormats.TryParse(format, out LogFormat form))
        {
            throw new ArgumentException($"--format: found '{format}', expected events, {LogFormats.Words}");
        }
        var scope = new LogScope
        {
            From = Moment("--from", parsed.GetValue(_from)),
            To = Moment("--to", parsed.GetValue(_to)),
            Offices = parsed.GetValue(_offices)?.Split(',', StringSplitOptions.TrimEntries).Select(Office).ToFrozenSet(),
            Services = parsed.GetValue(_services)?.Split(',', StringSplitOptions.TrimEntries).ToFrozenSet(),
            Kind = Kind(parsed.GetValue(_kind)),
        };
        LogTotals totals = ProcessLogExport.Write(journal, file, form, scope, progress);
        return $"exported {totals.Events} events of {totals.Cases} cases, as of position {totals.Position}";
    }

    private static DateTimeOffset? Moment(string option, string? text) => text is null ? null
        : Moments.TryParse(text, out DateTimeOffset at) ? at
        : throw new ArgumentException($"{option}: found '{Mistakes.Short(text)}', expected a moment with its zone, as 2026-01-05T00:00:00+07:00");

    private static TwinId Office(string text) => TwinId.TryParse(text, null, out TwinId id) && id.Kind is TwinKind.Commune or TwinKind.Department
        ? id
        : throw new ArgumentException($"--office: found '{Mistakes.Short(text)}', expected an office as commune/19753");

    private static CaseKind? Kind(string? text) => text is null ? null
        : Words<CaseKind>.TryParse(text, out CaseKind kind) ? kind
        : throw new ArgumentException($"--kind: found '{Mistakes.Short(text)}', {Words<CaseKind>.Expected}");
}
