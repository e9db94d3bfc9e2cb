using CityTwin.Grains;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Sensors;

/// <summary>Brings the watches' reports to the sensor twins, until they are taken. One task.</summary>
internal sealed partial class ReportPost(ICityRuntime runtime, TimeProvider time, ILogger logger, CancellationToken stop)
{
    private const int EnvelopesMax = 500;

    private readonly List<Envelope> _outgoing = [];

    /// <summary>Takes reports to be sent, and empties the list.</summary>
    /// <param name="sensor">Whose.</param>
    /// <param name="measure">The measure of the reading that they follow from.</param>
    /// <param name="atMs">Its moment.</param>
    /// <param name="reports">In order.</param>
    public void Collect(TwinId sensor, Measure measure, long atMs, List<SensorCommand> reports)
    {
        foreach (SensorCommand report in reports)
        {
            _outgoing.Add(new Envelope(sensor, report, IdOf(sensor, measure, atMs, report)));
        }
        reports.Clear();
    }

    /// <summary>Sends what was taken, and returns once the twins have it.</summary>
    public async ValueTask SendAsync()
    {
        for (int at = 0; at < _outgoing.Count; at += EnvelopesMax)
        {
            await SendUntilTakenAsync([.. _outgoing.Skip(at).Take(EnvelopesMax)]);
        }
        _outgoing.Clear();
    }

    /// <summary>Forgets what was taken and not sent: it will be worked out again.</summary>
    public void Clear() => _outgoing.Clear();

    /// <summary>Registers sensors with the rules of their kinds; gives those that are registered now, with their twins. Any thread.</summary>
    public async ValueTask<IReadOnlyList<(TwinId Sensor, SensorState Twin)>> RegisterAsync(IReadOnlyList<SensorProfile> profiles)
    {
        List<(TwinId, SensorState)> registered = [];
        foreach (SensorProfile[] some in profiles.Chunk(EnvelopesMax))
        {
            Reply[] replies = await SendUntilTakenAsync([.. some.Select(Registering)]);
            registered.AddRange(replies.Select((r, i) => (NumberOf(some[i]), r.State as SensorState)).Where(r => r.Item2?.Profile is not null)!);
        }
        return registered;
    }

    private static Envelope Registering(SensorProfile profile) =>
        new(NumberOf(profile), new SensorCommand.Register(profile, SensorRules.DefaultOf(profile.Kind)), new CommandId(new UInt128((ulong)NumberOf(profile).Value, 0)).Derive(0));

    private static TwinId NumberOf(SensorProfile profile) => SensorNumber.Of((int)profile.City.Number, profile.Kind, profile.Name);

    /// <summary>
    /// The same reading followed again gives the same alerts under the same ids. Quiet and return have none: the twin itself knows
    /// whether they say anything new, and after maintenance the same may be true again.
    /// </summary>
    private static CommandId IdOf(TwinId sensor, Measure measure, long atMs, SensorCommand report)
    {
        ulong what = report switch
        {
            SensorCommand.ReportAlert a => ((ulong)a.Kind << 8) | (uint)a.Level,
            SensorCommand.ReportClear c => (1UL << 16) | ((ulong)c.Kind << 8) | (uint)c.Level,
            _ => 0,
        };
        return what == 0 ? default : new CommandId(new UInt128((ulong)sensor.Value, (ulong)atMs)).Derive(what | ((ulong)measure << 24));
    }

    private async ValueTask<Reply[]> SendUntilTakenAsync(Envelope[] envelopes)
    {
        while (true)
        {
            Reply[] replies = await runtime.SendAsync(envelopes);
            if (!Array.Exists(replies, r => r.Status is ReplyStatus.Overloaded or ReplyStatus.Unavailable))
            {
                return replies;
            }
            NotTaken(logger, envelopes.Length);
            await Task.Delay(Reply.RetryAfter, time, stop);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The runtime does not take {Count} sensor reports now; they are sent again")]
    private static partial void NotTaken(ILogger logger, int count);
}
