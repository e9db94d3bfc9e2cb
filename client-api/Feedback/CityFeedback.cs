using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Learning;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Feedback;

/// <summary>Everything that reads a city's reports and learns from its people. Safe to use from any thread.</summary>
internal sealed class CityFeedback
{
    // What stands where a text was whose key is destroyed.
    private const string Erased = "(erased)";

    private readonly Lock _corrections = new();
    private readonly FeedbackOptions _options;
    private readonly Lazy<string[]> _reference;
    private ReportReader _reader;

    /// <summary>Opens the shelf in its folder.</summary>
    /// <exception cref="InvalidDataException">A file on the shelf is damaged; the message names it.</exception>
    public CityFeedback(FeedbackOptions options, string folder, ReportView view, CityClock clock)
    {
        _options = options;
        _reference = new(() => [.. options.Texts().Select(t => t.Text)]);
        View = view;
        Shelf = new ModelShelf(folder, options.Model, options.VersionsMax, clock.Now);
        Training = new ModelTraining(this, options, clock, folder);
        _reader = ReaderOf(Shelf.Running);
    }

    /// <summary>What is known of reports.</summary>
    public ReportView View { get; }

    /// <summary>The versions of the model.</summary>
    public ModelShelf Shelf { get; }

    /// <summary>Learns from corrections.</summary>
    public ModelTraining Training { get; }

    /// <summary>The stability index above which drift is an alarm.</summary>
    public double DriftAlarmIndex => _options.Drift.AlarmIndex;

    /// <summary>Reads reports with the model that runs.</summary>
    public ReportReader Reader => Volatile.Read(ref _reader);

    /// <summary>Who reads reports for filing; null: whoever files one.</summary>
    public IReportReading? Workers { get; init; }

    /// <summary>Reads a masked report for filing. The catalogue must have a category for what cannot be told.</summary>
    public async ValueTask<ReportReading> ReadAsync(string masked, CityRules rules) =>
        Workers is { } workers && await workers.ReadAsync(masked) is { } read ? read : Reader.Read(masked, rules);

    /// <summary>Keeps what a person said of a report as an example, on disk when this returns. A text that was erased teaches nothing.</summary>
    /// <remarks>The line before it in the file names case and citizen, and nothing else of them: so it can be forgotten.</remarks>
    public void Correct(TwinId report, TwinId citizen, string? text, string category, Level? level, Urgency? urgency)
    {
        if (string.IsNullOrWhiteSpace(text) || text == Erased)
        {
            return;
        }
        lock (_corrections)
        {
            CorrectionFile.Append(
                Shelf.Corrections, text, category, level is { } l ? Words<Level>.Of(l) : null, urgency is { } u ? Words<Urgency>.Of(u) : null,
                citizen.IsNone ? $"{report}" : $"{report} of {citizen}");
        }
    }

    /// <summary>Takes out what a citizen wrote, or what a case says; gone from disk when this returns. Models learn without it from their next training on.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Forget(TwinId subject)
    {
        lock (_corrections)
        {
            return CorrectionFile.Remove(Shelf.Corrections, subject.ToString()) > 0;
        }
    }

    /// <summary>The corrections so far and how long their file is.</summary>
    public (IReadOnlyList<Example> Examples, long Bytes) Corrections()
    {
        lock (_corrections)
        {
            return (CorrectionFile.Read(Shelf.Corrections), File.Exists(Shelf.Corrections) ? new FileInfo(Shelf.Corrections).Length : 0);
        }
    }

    /// <summary>Reads reports with the model that runs on the shelf now.</summary>
    public void TakeUp()
    {
        lock (_corrections)
        {
            if (Reader.Model.Card.Name != Shelf.Running.Card.Name)
            {
                Volatile.Write(ref _reader, ReaderOf(Shelf.Running));
            }
        }
    }

    /// <summary>Takes up the model that runs on the shelf now, and shows it the last reports, so that drift goes on being told.</summary>
    /// <exception cref="RuntimeUnavailableException">The city cannot be read now; the model is taken up all the same.</exception>
    public async Task TakeUpAsync(ICityRuntime runtime, CancellationToken stop)
    {
        TakeUp();
        ReportReader reader = Reader;
        if (reader.Drift.Report().Messages > 0)
        {
            return;
        }
        Prediction prediction = reader.Model.NewPrediction();
        foreach (TwinId report in View.Latest())
        {
            stop.ThrowIfCancellationRequested();
            if ((await runtime.ReadAsync(report)).State is CaseState { Description: { } text, Classification: not null } && text != Erased)
            {
                reader.Model.Predict(text, prediction);
                reader.Drift.Observe(text, prediction);
            }
        }
    }

    private ReportReader ReaderOf(FeedbackModel model) => new(model, new DriftMonitor(model, _reference.Value, _options.Drift));
}
