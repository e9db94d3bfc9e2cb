using CityTwin.ClientApi.WhatIf;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Learning;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Feedback;

/// <summary>How training stands.</summary>
/// <param name="State">idle, or running.</param>
/// <param name="StartedAt">When the running one began, by the city's clock.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Of">Steps in all.</param>
/// <param name="Step">What was done last.</param>
/// <param name="Failure">Why the last one ended without a model; null when it made one.</param>
internal sealed record TrainingReading(string State, DateTimeOffset? StartedAt, int Done, int Of, string? Step, string? Failure);

/// <summary>Trains a model from people's corrections: one at a time, on one thread of low priority. A training that the program's end cut short begins
/// again with the next start.</summary>
internal sealed class ModelTraining(CityFeedback feedback, FeedbackOptions options, CityClock clock, string folder) : IDisposable
{
    private const ulong Seed = 1;
    private const string NothingNew = "The model would be the one that runs: one correction in four, chosen by its text, only judges models, and so do all that came since.";

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private TrainingReading _reading = new("idle", null, 0, 0, null, null);
    private TaskCompletionSource _finished = Done();
    private Thread? _thread;

    /// <summary>Takes up the model that was promoted; called after each training, on its thread.</summary>
    public Action? Ended { get; set; }

    /// <summary>How it stands.</summary>
    public TrainingReading Reading => Volatile.Read(ref _reading);

    /// <summary>Completes when the training that runs has ended and its model, if it was promoted, reads reports; done while none runs.</summary>
    public Task Finished => Volatile.Read(ref _finished).Task;

    /// <summary>Whether the program's end cut a training short.</summary>
    public bool WasCutShort => File.Exists(Mark);

    private string Mark => Path.Combine(folder, "training");

    /// <summary>Begins; false when one runs already.</summary>
    public bool TryStart()
    {
        lock (_gate)
        {
            if (_reading.State == "running" || _stop.IsCancellationRequested)
            {
                return false;
            }
            File.WriteAllText(Mark, "");
            Volatile.Write(ref _reading, new("running", clock.Now, 0, 0, null, null));
            Volatile.Write(ref _finished, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _thread = new Thread(Run) { IsBackground = true, Name = "model training" };
            _thread.Start();
            return true;
        }
    }

    /// <summary>Stops a training at its next step and waits for that.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        LowPriority.Enter();
        string? failure = null;
        try
        {
            failure = Train();
        }
        catch (OperationCanceledException)
        {
            // The program ends; the mark stays, and the next start trains again.
            return;
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException)
        {
            failure = e.Message;
        }
        File.Delete(Mark);
        Ended?.Invoke();
        Volatile.Write(ref _reading, _reading with { State = "idle", StartedAt = null, Failure = failure });
        _finished.SetResult();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    // Why there is no new model; null when there is one.
    private string? Train()
    {
        (IReadOnlyList<Example> corrections, long bytes) = feedback.Corrections();
        ModelShelf shelf = feedback.Shelf;
        if (corrections.All(CorrectionFile.IsHeldBack))
        {
            shelf.HasLearnt(bytes);
            return NothingNew;
        }
        RetrainingResult result = Retraining.Run(shelf.Running, options.Texts(), options.HeldBack(), corrections, options.Calibration(), Seed, p =>
        {
            _stop.Token.ThrowIfCancellationRequested();
            Volatile.Write(ref _reading, _reading with { Done = p.Done, Of = p.Of, Step = p.Step });
        });
        if (result.Candidate.Card.Name == shelf.Running.Card.Name)
        {
            shelf.HasLearnt(bytes);
            return NothingNew;
        }
        shelf.Add(result.Candidate, clock.Now, result.Learnt, bytes, result.Decision.Promote, result.Decision.Reason);
        return null;
    }
}
