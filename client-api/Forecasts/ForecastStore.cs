using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.Ml.Forecasts;

namespace CityTwin.ClientApi.Forecasts;

/// <summary>The forecasts in force, the earlier ones and how they did: in one file beside the journal, replaced in one move. Safe to use from any thread.</summary>
internal sealed partial class ForecastStore
{
    private const int Format = 1;
    private const int DaysApart = 7;
    private const int ScoresMax = 16;

    private static readonly StoreJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    });

    private readonly string _file;
    private ForecastFile _kept;

    /// <summary>Opens the file, if there is one.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message names it.</exception>
    public ForecastStore(string file)
    {
        _file = file;
        _kept = File.Exists(file) ? Read(file) : new ForecastFile(Format, null, [], []);
    }

    /// <summary>What is kept.</summary>
    public ForecastFile Kept => Volatile.Read(ref _kept);

    /// <summary>Puts forecasts in force, and scores the earlier ones whose days have all passed.</summary>
    /// <param name="made">The new forecasts.</param>
    /// <param name="happened">The days of a row from one to another, that one excluded.</param>
    public void Put(ForecastSet made, Func<string, int, int, DayFigures[]?> happened)
    {
        List<ForecastSet> past = [.. _kept.Past];
        if (_kept.Current is { } before && before.FirstDay < made.FirstDay && (past.Count == 0 || before.FirstDay - past[^1].FirstDay >= DaysApart))
        {
            past.Add(before with { Statistical = WithoutParts(before.Statistical) });
        }
        Dictionary<string, List<KeptScore>> scores = _kept.Scores.ToDictionary(s => s.Key, s => s.Value.ToList());
        foreach (ForecastSet over in past.Where(p => p.FirstDay + ForecastMaker.Horizon <= made.FirstDay))
        {
            foreach ((string name, KeptScore score) in ScoresOf(over, made.FirstDay, happened))
            {
                List<KeptScore> list = scores.TryGetValue(name, out List<KeptScore>? found) ? found : scores[name] = [];
                list.Add(score);
                if (list.Count > ScoresMax)
                {
                    list.RemoveAt(0);
                }
            }
        }
        past.RemoveAll(p => p.FirstDay + ForecastMaker.Horizon <= made.FirstDay);
        Write(new ForecastFile(Format, made, past, scores));
    }

    /// <summary>How the forecasts of one name did: those whose days have all passed, then those whose days are passing.</summary>
    public IReadOnlyList<KeptScore> Scores(string row, string measure, int today, Func<string, int, int, DayFigures[]?> happened)
    {
        string name = ForecastSet.Name(row, measure);
        ForecastFile kept = Kept;
        return [.. kept.Scores.GetValueOrDefault(name, []), .. kept.Past.SelectMany(p => ScoresOf(p, today, happened, name).Select(s => s.Score))];
    }

    private static IEnumerable<(string Name, KeptScore Score)> ScoresOf(
        ForecastSet set, int today, Func<string, int, int, DayFigures[]?> happened, string? only = null)
    {
        int end = Math.Min(today, set.FirstDay + ForecastMaker.Horizon);
        foreach ((string by, Dictionary<string, Forecast> forecasts) in new[] { ("statistical", set.Statistical), ("structural", set.Structural) })
        {
            foreach ((string name, Forecast forecast) in forecasts)
            {
                int space = name.LastIndexOf(' ');
                if ((only is null || only == name) && end > set.FirstDay && happened(name[..space], set.FirstDay, end) is { } days)
                {
                    yield return (name, new KeptScore(set.FirstDay, by, ForecastScore.Of(forecast, Measures.Of(name[(space + 1)..], days))));
                }
            }
        }
    }

    // What is kept for scoring: the city, its offices and its services, but not the thousands of parts of offices.
    private static Dictionary<string, Forecast> WithoutParts(Dictionary<string, Forecast> forecasts) => forecasts.Where(
        f => !f.Key.StartsWith("desk/", StringComparison.Ordinal) && DailyCounts.Within(f.Key[..f.Key.LastIndexOf(' ')]) is null).ToDictionary();

    private static ForecastFile Read(string file)
    {
        try
        {
            using var unpacked = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            ForecastFile? kept = JsonSerializer.Deserialize(unpacked, Json.ForecastFile);
            return kept is { Format: Format, Past: not null, Scores: not null } ? kept : throw new InvalidDataException($"{file}: not of format {Format}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private void Write(ForecastFile kept)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_file))!);
        using (FileStream beside = File.Create(_file + ".new"))
        {
            using (var packed = new GZipStream(beside, CompressionLevel.Fastest, leaveOpen: true))
            {
                JsonSerializer.Serialize(packed, kept, Json.ForecastFile);
            }
            beside.Flush(flushToDisk: true);
        }
        File.Move(_file + ".new", _file, overwrite: true);
        Volatile.Write(ref _kept, kept);
    }

    [JsonSerializable(typeof(ForecastFile))]
    private sealed partial class StoreJson : JsonSerializerContext;
}
