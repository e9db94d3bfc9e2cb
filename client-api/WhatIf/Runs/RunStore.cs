using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Runs on disk, a folder each: <c>run.json</c> and, once done, the files of the result. Bounded in number and bytes.</summary>
/// <remarks>A file is written aside and then renamed, so that a run is there whole or not at all. One thread at a time.</remarks>
internal sealed partial class RunStore
{
    private const string RunFile = "run.json";
    private readonly string _folder;
    private readonly WhatIfOptions _options;
    private readonly ILogger _logger;

    /// <summary>Over a folder, which is made if it is not there.</summary>
    public RunStore(string folder, WhatIfOptions options, ILogger logger)
    {
        _folder = folder;
        _options = options;
        _logger = logger;
        Directory.CreateDirectory(folder);
    }

    /// <summary>All runs that can be read, by number.</summary>
    public List<KeptRun> Load()
    {
        var runs = new List<KeptRun>();
        foreach (string folder in Directory.EnumerateDirectories(_folder))
        {
            try
            {
                string text = File.ReadAllText(Path.Combine(folder, RunFile));
                if (JsonSerializer.Deserialize(text, RunJson.Default.KeptRun) is { } run && folder == FolderOf(run.Reading.Id))
                {
                    runs.Add(run);
                }
            }
            catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
            {
                LogUnreadable(_logger, folder, e.Message);
            }
        }
        return [.. runs.OrderBy(r => r.Reading.Id)];
    }

    /// <summary>Keeps where a run is.</summary>
    public void Save(KeptRun run)
    {
        Directory.CreateDirectory(FolderOf(run.Reading.Id));
        Write(run.Reading.Id, RunFile, JsonSerializer.Serialize(run, RunJson.Default.KeptRun));
    }

    /// <summary>Keeps what a run leaves.</summary>
    public void Save(long id, RunResult result)
    {
        Directory.CreateDirectory(FolderOf(id));
        foreach ((string name, string text) in result.Files)
        {
            Write(id, name, text);
        }
    }

    /// <summary>The path of a file of a run, or null when it has no such file.</summary>
    public string? PathOf(long id, string name)
    {
        string path = Path.Combine(FolderOf(id), name);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Removes a run.</summary>
    public void Remove(long id)
    {
        if (Directory.Exists(FolderOf(id)))
        {
            Directory.Delete(FolderOf(id), recursive: true);
        }
    }

    /// <summary>The runs that must go so that the rest is within the bounds: finished, not kept, the oldest first.</summary>
    public IReadOnlyList<long> Superfluous(IReadOnlyCollection<RunReading> runs)
    {
        Dictionary<long, long> bytes = runs.ToDictionary(r => r.Id, r => BytesOf(r.Id));
        long sum = bytes.Values.Sum();
        int count = runs.Count;
        var gone = new List<long>();
        foreach (RunReading run in runs.Where(r => r.IsFinished && !r.Kept).OrderBy(r => r.Id))
        {
            if (count <= _options.RunsMax && sum <= _options.BytesMax)
            {
                break;
            }
            gone.Add(run.Id);
            count--;
            sum -= bytes[run.Id];
        }
        return gone;
    }

    private long BytesOf(long id) => Directory.Exists(FolderOf(id)) ? new DirectoryInfo(FolderOf(id)).EnumerateFiles().Sum(f => f.Length) : 0;

    private string FolderOf(long id) => Path.Combine(_folder, id.ToString("D8", CultureInfo.InvariantCulture));

    private void Write(long id, string name, string text)
    {
        string path = Path.Combine(FolderOf(id), name);
        File.WriteAllText(path + ".new", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(path + ".new", path, overwrite: true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The what-if run in {Folder} cannot be read and is left out: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string folder, string reason);
}
