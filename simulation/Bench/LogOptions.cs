using System.CommandLine;
using CityTwin.Simulation.Logs;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>Which event log to read, and how.</summary>
internal sealed class LogOptions
{
    private readonly Option<string?> _log = new("--log") { Description = "an event log: .csv, .xes, or .json (OCEL 2.0)" };
    private readonly Option<string?> _map = new("--map") { Description = "CSV columns, as case=id,activity=step,time=at,resource=who,office=dept,deadline=due; XES and OCEL: office and deadline attributes" };
    private readonly Option<string?> _type = new("--case-type") { Description = "OCEL: the type of object that is a case" };

    private readonly Option<double?> _zone = new("--zone") { Description = "read hours of the day in this zone, hours east of UTC; default: as the log writes them, and +7 for logs that CityTwin exported" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_log);
        command.Options.Add(_map);
        command.Options.Add(_type);
        command.Options.Add(_zone);
    }

    /// <summary>The log's path, or null.</summary>
    public string? PathOf(ParseResult parsed) => parsed.GetValue(_log);

    /// <summary>Reads the log; of one that CityTwin exported, each case up to its decision.</summary>
    public EventLog Read(ParseResult parsed)
    {
        EventLog log = ReadFile(parsed);
        double? zone = parsed.GetValue(_zone);
        if (zone is < -14 or > 14)
        {
            throw new BenchFailureException("--zone is -14 to 14");
        }
        bool isTwins = TwinLog.Is(log);
        try
        {
            log = isTwins ? TwinLog.UntilDecisions(log) : log;
        }
        catch (FormatException e)
        {
            throw new BenchFailureException($"{PathOf(parsed)}:{e.Message}", e);
        }
        return zone is { } hours ? log.InZone(TimeSpan.FromHours(hours)) : isTwins ? log.InZone(TwinLog.Zone) : log;
    }

    private EventLog ReadFile(ParseResult parsed)
    {
        string path = PathOf(parsed) ?? throw new BenchFailureException("which log? --log file");
        if (!File.Exists(path))
        {
            throw new BenchFailureException($"no file '{path}'");
        }
        try
        {
            CsvMapping mapping = CsvMapping.Parse(parsed.GetValue(_map) ?? "");
            using FileStream stream = File.OpenRead(path);
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".xes":
                    return XesLog.Read(stream, mapping.Office, mapping.Deadline);
                case ".json" or ".jsonocel":
                    return OcelLog.Read(stream, parsed.GetValue(_type), mapping.Office, mapping.Deadline);
                default:
                    using (StreamReader reader = new(stream))
                    {
                        return CsvLog.Read(reader, mapping);
                    }
            }
        }
        catch (FormatException e)
        {
            throw new BenchFailureException($"{path}:{e.Message}", e);
        }
    }
}
