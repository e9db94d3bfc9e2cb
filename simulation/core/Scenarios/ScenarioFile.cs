using System.Collections.Immutable;
using System.Globalization;
using CityTwin.Simulation.City;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Reads scenarios from YAML. Pure: whoever calls it reads the file.</summary>
public static class ScenarioFile
{
    private const int LengthMax = 200_000;

    /// <summary>Reads a scenario; its changes are read with the first value of each sweep.</summary>
    public static ScenarioReading Parse(string yaml) => Parse(yaml, null);

    /// <summary>Reads a scenario with given values for <c>$names</c>; values that the sweep has are the defaults.</summary>
    public static ScenarioReading Parse(string yaml, IReadOnlyDictionary<string, double>? values)
    {
        if (yaml.Length > LengthMax)
        {
            return new ScenarioReading(null, [new ScenarioMistake(1, 1, MistakeCode.TooLong, [LengthMax.ToString("N0", CultureInfo.InvariantCulture)])]);
        }
        YamlReader reader = new(new Dictionary<string, double>());
        YamlStream stream = [];
        try
        {
            if (ScenarioShape.TooDeep(yaml) is { } place)
            {
                return new ScenarioReading(null, [place]);
            }
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException trouble)
        {
            reader.Add(trouble);
            return new ScenarioReading(null, reader.Mistakes);
        }
        if (stream.Documents.Count == 0)
        {
            return new ScenarioReading(null, [new ScenarioMistake(1, 1, MistakeCode.Empty, [])]);
        }
        YamlNode root = stream.Documents[0].RootNode;
        ImmutableArray<SweepAxis> sweep = SweepSyntax.Read(root, reader);
        Dictionary<string, double> variables = sweep.Where(a => !a.Values.IsEmpty).ToDictionary(a => a.Name, a => a.Values[0]);
        foreach ((string name, double value) in values ?? new Dictionary<string, double>())
        {
            variables[name] = value;
        }
        YamlReader full = new(variables);
        Scenario? scenario = Read(root, full, sweep);
        foreach (string name in (values?.Keys ?? []).Where(n => !full.Used.Contains(n)))
        {
            full.Add(root, MistakeCode.UnusedName, name, full.Used, name);
        }
        ImmutableArray<ScenarioMistake> mistakes = [.. reader.Mistakes.Concat(full.Mistakes).OrderBy(m => m.Line).ThenBy(m => m.Column)];
        return new ScenarioReading(mistakes.IsEmpty ? scenario : null, mistakes);
    }

    private static Scenario? Read(YamlNode root, YamlReader reader, ImmutableArray<SweepAxis> sweep)
    {
        Dictionary<string, YamlNode> top = reader.Mapping(root, "name", "description", "base", "run", "changes", "sweep");
        string name = reader.Text(reader.Required(top, root, "name"));
        ScenarioBase? from = reader.Required(top, root, "base") is { } b ? Base(b, reader) : null;
        ImmutableArray<ScenarioChange> changes = top.TryGetValue("changes", out YamlNode? c) ? ChangeSyntax.Read(c, reader) : [];
        ScenarioRun run = top.TryGetValue("run", out YamlNode? r) ? Run(r, reader) : new ScenarioRun();
        return from is null ? null : new Scenario
        {
            Name = name,
            Description = reader.Text(top.GetValueOrDefault("description")),
            Base = from,
            Run = run,
            Changes = changes,
            Sweep = sweep,
        };
    }

    private static ScenarioBase? Base(YamlNode node, YamlReader reader)
    {
        Dictionary<string, YamlNode> e = reader.Mapping(node, "city", "start", "days", "warm_up_days", "end_of_shift", "coupling", "assume");
        string city = reader.Text(reader.Required(e, node, "city"));
        DateOnly? start = reader.Date(reader.Required(e, node, "start"));
        int days = reader.Whole(e.GetValueOrDefault("days"), 1, 3_660) ?? 84;
        bool finds = YamlReader.IsWord(e.GetValueOrDefault("warm_up_days"), "auto");
        int warmUp = finds ? 0 : reader.Whole(e.GetValueOrDefault("warm_up_days"), 0, 3_000) ?? Math.Min(28, days / 3);
        if (warmUp >= days)
        {
            reader.Add(node, MistakeCode.WarmUpTooLong, $"{warmUp}", $"{days}");
        }
        return start is null ? null : new ScenarioBase
        {
            City = city,
            Start = start.Value,
            Days = days,
            WarmUpDays = warmUp,
            FindsWarmUp = finds,
            EndOfShift = reader.OneOf(e.GetValueOrDefault("end_of_shift"), ChangeSyntax.Policies) ?? EndOfShift.Hold,
            Coupling = reader.OneOf(e.GetValueOrDefault("coupling"), ("immediate", Coupling.Immediate), ("overnight", Coupling.Overnight)) ?? Coupling.Immediate,
            Assumptions = e.TryGetValue("assume", out YamlNode? a) ? Assume(a, reader) : new CityAssumptions(),
        };
    }

    private static CityAssumptions Assume(YamlNode node, YamlReader reader)
    {
        Dictionary<string, YamlNode> e = reader.Mapping(
            node, "dossiers_per_day", "feedback_per_dossier", "volume_exponent", "process_share", "process_sigma", "missing", "ask", "escalate",
            "send_back", "reopen", "reject", "absence", "day_sigma");
        CityAssumptions usual = new();
        double Share(string key, double otherwise, double high = 1) => reader.Number(e.GetValueOrDefault(key), 0, high) ?? otherwise;
        return new CityAssumptions
        {
            DossiersPerDay = reader.Number(e.GetValueOrDefault("dossiers_per_day"), 0, 1e7),
            FeedbackPerDossier = Share("feedback_per_dossier", usual.FeedbackPerDossier, 100),
            VolumeExponent = Share("volume_exponent", usual.VolumeExponent, 3),
            ProcessShare = Share("process_share", usual.ProcessShare, 10),
            ProcessSigma = Share("process_sigma", usual.ProcessSigma, 3),
            MissingChance = Share("missing", usual.MissingChance),
            AskChance = Share("ask", usual.AskChance),
            EscalateChance = Share("escalate", usual.EscalateChance),
            SendBackChance = Share("send_back", usual.SendBackChance),
            ReopenChance = Share("reopen", usual.ReopenChance),
            RejectChance = Share("reject", usual.RejectChance),
            AbsenceShare = Share("absence", usual.AbsenceShare),
            DaySigma = Share("day_sigma", usual.DaySigma, 2),
        };
    }

    private static ScenarioRun Run(YamlNode node, YamlReader reader)
    {
        Dictionary<string, YamlNode> e = reader.Mapping(node, "replications", "replications_max", "precision", "seed", "confidence");
        ScenarioRun usual = new();
        return new ScenarioRun
        {
            Replications = reader.Whole(e.GetValueOrDefault("replications"), 2, 10_000) ?? usual.Replications,
            ReplicationMax = reader.Whole(e.GetValueOrDefault("replications_max"), 2, 10_000) ?? usual.ReplicationMax,
            Precision = reader.Number(e.GetValueOrDefault("precision"), 1e-6, 1),
            Seed = (ulong)(reader.Whole(e.GetValueOrDefault("seed"), 0, int.MaxValue) ?? 1),
            Confidence = reader.Number(e.GetValueOrDefault("confidence"), 0.5, 0.999) ?? usual.Confidence,
        };
    }
}
