using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.Ml.Classification;

namespace CityTwin.ClientApi.Feedback;

/// <summary>The versions of the model, in a folder beside the journal: <c>shelf.json</c> and a file a version.</summary>
/// <remarks>Every change is durable before it is told. Safe to use from any thread.</remarks>
internal sealed partial class ModelShelf
{
    private const int Format = 1;

    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly int _versionsMax;
    private ShelfState _state;
    private FeedbackModel _running;

    /// <summary>Opens the shelf, or makes it with the model to begin with. Another model than last time begins anew: it runs from now on.</summary>
    /// <exception cref="InvalidDataException">A file on the shelf is damaged; the message names it.</exception>
    public ModelShelf(string folder, FeedbackModel first, int versionsMax, DateTimeOffset now)
    {
        (_folder, _versionsMax) = (folder, versionsMax);
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "shelf.json");
        _state = File.Exists(file) ? Read(file) : new ShelfState(Format, "", "", 0, []);
        _running = first;
        if (_state.Begun != first.Card.Name)
        {
            first.Save(FileOf(first.Card.Name));
            Write(_state with
            {
                Begun = first.Card.Name,
                Running = first.Card.Name,
                Versions = [.. _state.Versions.Where(v => v.Name != first.Card.Name), VersionOf(first, now, 0, true, "The city was started with it.")],
            });
        }
        else if (_state.Running != first.Card.Name)
        {
            _running = Load(_state.Running);
        }
    }

    /// <summary>The model that runs.</summary>
    public FeedbackModel Running => Volatile.Read(ref _running);

    /// <summary>What is on the shelf.</summary>
    public ShelfState State => Volatile.Read(ref _state);

    /// <summary>Where people's corrections are kept.</summary>
    public string Corrections => CorrectionsIn(_folder);

    /// <summary>Where they are kept in a shelf's folder.</summary>
    public static string CorrectionsIn(string folder) => Path.Combine(folder, "corrections.tsv");

    /// <summary>Puts a trained model on the shelf; it runs from now on when it was promoted.</summary>
    public void Add(FeedbackModel model, DateTimeOffset now, int corrections, long learntBytes, bool promoted, string reason)
    {
        lock (_gate)
        {
            if (promoted)
            {
                model.Save(FileOf(model.Card.Name));
            }
            IEnumerable<ModelVersion> versions = _state.Versions
                .Where(v => v.Name != model.Card.Name || (v.Promoted && !promoted))
                .Append(VersionOf(model, now, corrections, promoted, reason));
            Write(_state with
            {
                Running = promoted ? model.Card.Name : _state.Running,
                LearntBytes = learntBytes,
                Versions = [.. versions.DistinctBy(v => v.Name)],
            });
            if (promoted)
            {
                Volatile.Write(ref _running, model);
            }
            Trim();
        }
    }

    /// <summary>Remembers that there is nothing to learn in the corrections up to a length of their file.</summary>
    public void HasLearnt(long bytes)
    {
        lock (_gate)
        {
            Write(_state with { LearntBytes = bytes });
        }
    }

    /// <summary>Lets an earlier version run again: the one named, or the latest before the running one.</summary>
    /// <returns>False when there is no such version that was promoted.</returns>
    /// <exception cref="InvalidDataException">Its file is damaged.</exception>
    public bool RollBack(string? name)
    {
        lock (_gate)
        {
            ModelVersion[] able = [.. _state.Versions.Where(v => v.Promoted)];
            int place = Array.FindIndex(able, v => v.Name == (name ?? _state.Running)) - (name is null ? 1 : 0);
            if (place < 0)
            {
                return false;
            }
            FeedbackModel model = Load(able[place].Name);
            Write(_state with { Running = able[place].Name });
            Volatile.Write(ref _running, model);
            return true;
        }
    }

    private static ModelVersion VersionOf(FeedbackModel model, DateTimeOffset now, int corrections, bool promoted, string reason) => new(
        model.Card.Name, now, model.Card.TrainingTexts, corrections, Math.Round(model.Card.Validation[0].Accuracy, 4), promoted, reason);

    private string FileOf(string name) => Path.Combine(_folder, $"{name}.model");

    private FeedbackModel Load(string name)
    {
        try
        {
            return FeedbackModel.Load(FileOf(name));
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new InvalidDataException($"The model {FileOf(name)} cannot be used: {e.Message}", e);
        }
    }

    private static ShelfState Read(string file)
    {
        try
        {
            ShelfState? state = JsonSerializer.Deserialize(File.ReadAllBytes(file), ShelfJson.Default.ShelfState);
            return state is { Format: Format, Versions: not null } ? state : throw new InvalidDataException($"{file}: not of format {Format}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private void Write(ShelfState state)
    {
        string file = Path.Combine(_folder, "shelf.json");
        using (FileStream beside = File.Create(file + ".new"))
        {
            JsonSerializer.Serialize(beside, state, ShelfJson.Default.ShelfState);
            beside.Flush(flushToDisk: true);
        }
        File.Move(file + ".new", file, overwrite: true);
        Volatile.Write(ref _state, state);
    }

    private void Trim()
    {
        while (_state.Versions.Length > _versionsMax
            && Array.Find(_state.Versions, v => v.Name != _state.Running && v.Name != _state.Begun) is { } oldest)
        {
            Write(_state with { Versions = [.. _state.Versions.Where(v => v != oldest)] });
            File.Delete(FileOf(oldest.Name));
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(ShelfState))]
    private sealed partial class ShelfJson : JsonSerializerContext;
}
