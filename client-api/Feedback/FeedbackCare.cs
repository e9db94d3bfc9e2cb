using CityTwin.ClientApi.Hosting;
using CityTwin.Ml.Learning;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Feedback;

/// <summary>Keeps the reading of reports going: takes up a model that was promoted, goes on with a training that was cut short, and calls drift.</summary>
internal sealed partial class FeedbackCare(CityApi api, ILogger<FeedbackCare> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _wake = new(0);
    private bool _alarm;

    /// <inheritdoc/>
    public override void Dispose()
    {
        api.Feedback.Training.Dispose();
        _wake.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        CityFeedback feedback = api.Feedback;
        feedback.Training.Ended = () =>
        {
            feedback.TakeUp();
            _wake.Release();
        };
        if (feedback.Training.WasCutShort)
        {
            feedback.Training.TryStart();
        }
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await feedback.TakeUpAsync(api.Runtime, stoppingToken);
                Watch(feedback);
                await _wake.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (RuntimeUnavailableException)
            {
                // A city that stands by or recovers: drift is told from the reports that come, and from the earlier ones once they can be read.
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Watch(CityFeedback feedback)
    {
        DriftReport drift = feedback.Reader.Drift.Report();
        if (drift.Alarm && !_alarm)
        {
            LogDrift(logger, drift.WordIndex, drift.LabelIndex, drift.Messages);
        }
        _alarm = drift.Alarm;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Citizens write of other things than the model knows: words {Words:0.00}, categories {Labels:0.00} over {Messages} reports. Label some and train.")]
    private static partial void LogDrift(ILogger logger, double words, double labels, int messages);
}
