using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using Orleans;
using Orleans.Concurrency;

namespace CityTwin.Cluster.Workers;

/// <summary>Reads citizens' reports. Stateless: every silo has workers of its own, as many as cores, so a call never leaves the node.</summary>
internal interface IReportWorker : IGrainWithIntegerKey
{
    /// <summary>Reads a masked report with the model that runs on this node.</summary>
    Task<ReadReport> Read(string masked);
}

/// <summary>What was read.</summary>
/// <param name="Reading">For the event.</param>
/// <param name="Category">Where it is filed.</param>
/// <param name="Urgency">Above the category's usual one; null: as usual.</param>
[GenerateSerializer, Immutable]
internal sealed record ReadReport([property: Id(0)] CaseClassification Reading, [property: Id(1)] string Category, [property: Id(2)] Urgency? Urgency);

/// <summary>One of a silo's workers.</summary>
[StatelessWorker]
internal sealed class ReportWorker(CityApi api) : Grain, IReportWorker
{
    /// <inheritdoc/>
    public Task<ReadReport> Read(string masked)
    {
        ReportReading read = api.Feedback.Reader.Read(masked, api.Runtime.Rules);
        return Task.FromResult(new ReadReport(read.Reading, read.Category, read.Urgency));
    }
}

/// <summary>Hands the reports that are filed at this node to its silo's workers.</summary>
internal sealed class ReportWorkers(IGrainFactory grains) : IReportReading
{
    /// <inheritdoc/>
    public async ValueTask<ReportReading?> ReadAsync(string masked)
    {
        try
        {
            ReadReport read = await grains.GetGrain<IReportWorker>(0).Read(masked);
            return new ReportReading(read.Reading, read.Category, read.Urgency);
        }
        catch (Exception e) when (Retry.IsTransient(e))
        {
            // The silo starts, stops or is overrun: the request reads its report itself.
            return null;
        }
    }
}
