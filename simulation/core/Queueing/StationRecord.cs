namespace CityTwin.Simulation.Queueing;

/// <summary>What was seen at one station, of customers of one class, since the warm-up ended.</summary>
/// <param name="Served">Customers who came after the warm-up and whose service began.</param>
/// <param name="WaitMean">Mean time in the queue.</param>
/// <param name="PopulationMean">Mean number present over time, of all classes.</param>
/// <param name="Utilisation">Mean share of servers that were busy; of unlimited servers the mean number.</param>
public sealed record StationRecord(long Served, double WaitMean, double PopulationMean, double Utilisation);
