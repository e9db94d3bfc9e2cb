namespace CityTwin.Faults.World;

/// <summary>How a seed ended.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Failure">The promise that was broken, or null.</param>
/// <param name="Actions">Actions taken.</param>
/// <param name="Events">Events durable in the end.</param>
/// <param name="Judged">Answers judged.</param>
/// <param name="Crashes">Crashes.</param>
/// <param name="Troubles">Failing writes and reads.</param>
/// <param name="Torn">Batches torn by a crash.</param>
/// <param name="Messages">Messages whose delivery was checked one by one.</param>
/// <param name="Processes">Processes that ran the city.</param>
internal sealed record Outcome(
    int Seed, string? Failure, int Actions, int Events, int Judged, int Crashes, int Troubles, int Torn, int Messages, int Processes);
