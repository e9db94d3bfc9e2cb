using System.Globalization;
using System.Text;
using System.Text.Json;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Hosting;
using CityTwin.Ml.Learning;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Operations;

/// <summary>All counters in Prometheus' text format 0.0.4. Names end in their unit; no label carries a person.</summary>
internal static class MetricsText
{
    private static readonly string[] Outcomes = ["none", "accepted", "unchanged", "refused", "overloaded", "unavailable", "faulted"];

    /// <summary>Writes them.</summary>
    public static Task WriteAsync(CityApi api, HttpContext http)
    {
        var text = new StringBuilder(4096);
        Commands(text, api.Meter);
        Runtime(text, api);
        Feedback(text, api.Feedback);
        Process(text);
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return http.Response.WriteAsync(text.ToString());
    }

    private static void Commands(StringBuilder text, CommandMeter meter)
    {
        Head(text, "citytwin_commands_total", "counter", "Commands by kind and outcome.");
        foreach ((Type command, long[] counts) in meter.Outcomes.OrderBy(o => o.Key.Name, StringComparer.Ordinal))
        {
            for (int outcome = 1; outcome < Outcomes.Length; outcome++)
            {
                if (Volatile.Read(ref counts[outcome]) is var count and > 0)
                {
                    string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(command.Name);
                    text.Append(CultureInfo.InvariantCulture, $"citytwin_commands_total{{command=\"{name}\",outcome=\"{Outcomes[outcome]}\"}} {count}\n");
                }
            }
        }
        Histogram(text, "citytwin_command_duration_seconds", "From a command's acceptance to its durable reply, requests.", CommandMeter.LatencyBoundsMs, meter.Latency, meter.Elapsed.TotalSeconds);
    }

    private static void Runtime(StringBuilder text, CityApi api)
    {
        RuntimeStatistics s = api.Statistics;
        Gauge(text, "citytwin_ready", "1 while commands are taken.", api.Runtime.IsReady ? 1 : 0);
        Gauge(text, "citytwin_queue_depth", "Commands that wait.", api.QueueDepth);
        Gauge(text, "citytwin_journal_position", "Journal position up to which everything is durable.", api.Runtime.Position);
        Gauge(text, "citytwin_view_lag_events", "Durable events that the views have not taken in yet.", Math.Max(0, api.Runtime.Position - api.View.Position));
        if (api.Host.StandbyLag is { } lag)
        {
            Gauge(text, "citytwin_standby_lag_events", "Events in the journal that this process, which stands by, has not taken in.", lag.Events);
            Gauge(text, "citytwin_standby_lag_seconds", "How long ago this process, which stands by, had taken in everything.", lag.Time.TotalSeconds);
        }
        if (s.TakeoverTime is { } takeover)
        {
            Gauge(text, "citytwin_takeover_seconds", "From the former writer's last sign of life until this process, which stood by, took commands.", takeover.TotalSeconds);
        }
        Gauge(text, "citytwin_twins_resident", "Twins in memory.", s.Resident);
        Gauge(text, "citytwin_index_cases", "Cases that lists know.", api.View.Cases.Count);
        Counter(text, "citytwin_turns_total", "Turns executed.", s.Turns);
        Counter(text, "citytwin_messages_total", "Messages between twins delivered.", s.Messages);
        Counter(text, "citytwin_messages_refused_total", "Messages that the receiver's rules refused.", s.RefusedMessages);
        Counter(text, "citytwin_deadlines_total", "Deadlines that made something happen.", s.Deadlines);
        Counter(text, "citytwin_repeats_total", "Repeated commands recognised.", s.Repeats);
        Counter(text, "citytwin_faults_total", "Twins stopped.", s.Faults);
        Counter(text, "citytwin_activations_total", "Twins read back from the journal.", s.Activations);
        Counter(text, "citytwin_passivations_total", "Twins put out of memory.", s.Passivations);
        Counter(text, "citytwin_events_total", "Events made durable.", s.Events);
        Counter(text, "citytwin_recoveries_total", "Times that the journal failed and the runtime recovered.", s.Recoveries);
        Counter(text, "citytwin_commits_total", "Batches made durable; events over commits is the mean batch size.", s.Batches);
        Histogram(text, "citytwin_commit_duration_seconds", "Time to make one batch durable.", [.. RuntimeStatistics.CommitBoundsMs], s.CommitBuckets, s.CommitMs / 1000);
    }

    private static void Feedback(StringBuilder text, CityFeedback feedback)
    {
        DriftReport drift = feedback.Reader.Drift.Report();
        Gauge(text, "citytwin_feedback_waiting_cases", "Reports that wait for a person to say what they are.", feedback.View.WaitingCount);
        Gauge(text, "citytwin_feedback_drift_alarm", "1 while citizens write of other things than the model knows.", drift.Alarm ? 1 : 0);
        Gauge(text, "citytwin_feedback_drift_words_index", "Population stability index of words.", drift.WordIndex);
        Gauge(text, "citytwin_feedback_drift_labels_index", "Population stability index of categories.", drift.LabelIndex);
        Gauge(text, "citytwin_feedback_training", "1 while a model is being trained.", feedback.Training.Reading.State == "running" ? 1 : 0);
    }

    private static void Process(StringBuilder text)
    {
        Gauge(text, "process_working_set_bytes", "Memory resident.", Environment.WorkingSet);
        Gauge(text, "dotnet_gc_heap_bytes", "Managed memory in use.", GC.GetTotalMemory(false));
        Counter(text, "dotnet_gc_allocated_bytes_total", "Managed memory allocated.", GC.GetTotalAllocatedBytes());
        Head(text, "dotnet_gc_collections_total", "counter", "Collections by generation.");
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Append(CultureInfo.InvariantCulture, $"dotnet_gc_collections_total{{generation=\"{generation}\"}} {GC.CollectionCount(generation)}\n");
        }
        Counter(text, "dotnet_gc_pause_seconds_total", "Time stopped for collections.", GC.GetTotalPauseDuration().TotalSeconds);
    }

    private static void Histogram(StringBuilder text, string name, string help, double[] boundsMs, IReadOnlyList<long> buckets, double sum)
    {
        Head(text, name, "histogram", help);
        long below = 0;
        for (int i = 0; i < boundsMs.Length; i++)
        {
            below += buckets[i];
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{boundsMs[i] / 1000}\"}} {below}\n");
        }
        below += buckets[boundsMs.Length];
        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"+Inf\"}} {below}\n{name}_sum {sum}\n{name}_count {below}\n");
    }

    private static void Gauge(StringBuilder text, string name, string help, double value)
    {
        Head(text, name, "gauge", help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Counter(StringBuilder text, string name, string help, double value)
    {
        Head(text, name, "counter", help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Head(StringBuilder text, string name, string type, string help) => text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");
}
