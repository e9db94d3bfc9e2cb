using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Operations;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Hosting;

/// <summary>What every endpoint works with.</summary>
internal sealed class CityApi
{
    /// <summary>Over a running city.</summary>
    public CityApi(ICityHost city, CityApiOptions options)
    {
        Host = city;
        Definition = options.City;
        View = options.View;
        BatchMax = options.BatchMax;
        Runtime = city.Runtime;
        Numbers = new CaseNumbers(city.Runtime.Clock, () => View.Cases.HighestTimeOrdered, options.NumberingProcesses, options.NumberingProcess);
    }

    /// <summary>What runs the city.</summary>
    public ICityHost Host { get; }

    /// <summary>The seam to the twins.</summary>
    public ICityRuntime Runtime { get; }

    /// <summary>The city as its folder has it.</summary>
    public CityDefinition Definition { get; }

    /// <summary>The live view.</summary>
    public CityView View { get; }

    /// <summary>Cases in one batch.</summary>
    public int BatchMax { get; }

    /// <summary>Numbers for new cases.</summary>
    public CaseNumbers Numbers { get; }

    /// <summary>What was asked, and how it went.</summary>
    public CommandMeter Meter { get; } = new();

    /// <summary>What the runtime has done.</summary>
    public RuntimeStatistics Statistics => Host.Statistics;

    /// <summary>Commands that wait.</summary>
    public int QueueDepth => Host.QueueDepth;

    /// <summary>The journal, for reading.</summary>
    /// <exception cref="RuntimeUnavailableException">It is not open now.</exception>
    public IJournal Journal => Host.Journal;
}
