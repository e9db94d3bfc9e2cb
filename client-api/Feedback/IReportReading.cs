namespace CityTwin.ClientApi.Feedback;

/// <summary>Reads reports in place of the request that files them: on a node of a cluster, its silo's workers do.</summary>
internal interface IReportReading
{
    /// <summary>Reads a masked report for filing, with the model that runs here and the rules in force; null when no worker answers now.</summary>
    ValueTask<ReportReading?> ReadAsync(string masked);
}
