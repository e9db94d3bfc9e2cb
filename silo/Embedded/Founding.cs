using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Embedded;

/// <summary>Brings a new journal's city to life from its folder: the city, then its offices, which open their desks.</summary>
internal static class Founding
{
    private const int CodeMax = 99;

    /// <summary>Founds what is not founded yet. Repeated, after a crash in its middle, it does the rest.</summary>
    public static async Task EnsureAsync(ICityRuntime runtime, CityDefinition city)
    {
        TwinReading reading = await runtime.ReadAsync(city.Id);
        CityState state = (CityState)reading.State;
        if (reading.Version == 0)
        {
            await RefuseAnotherAsync(runtime, city);
            await Send(runtime, city.Id, new CityCommand.Found(
                city.NameVi, city.NameEn, city.Population, [.. city.Offices.Select(o => o.Profile.Id)], city.Fingerprint));
        }
        else if (state.Edition != city.Fingerprint)
        {
            await Send(runtime, city.Id, new CityCommand.AdoptEdition(city.Fingerprint));
        }
        foreach (OfficeDefinition office in city.Offices)
        {
            if ((await runtime.ReadAsync(office.Profile.Id)).Version == 0)
            {
                await Send(runtime, office.Profile.Id, new OfficeCommand.Establish(office.Profile, office.Desks));
            }
        }
    }

    /// <summary>Refuses a journal that another city lives in: two cities in one would count each other's cases.</summary>
    /// <exception cref="JournalException">It has another city.</exception>
    public static async Task RefuseAnotherAsync(ICityRuntime runtime, CityDefinition city)
    {
        if (runtime.Position == 0 || (await runtime.ReadAsync(city.Id)).Version > 0)
        {
            return;
        }
        for (int code = 1; code <= CodeMax; code++)
        {
            if ((await runtime.ReadAsync(TwinId.City(code))).Version > 0)
            {
                throw new JournalException($"the journal is that of city/{code}, not of {city.NameEn} ({city.Id}): choose another journal, or the city that it belongs to");
            }
        }
    }

    private static async Task Send(ICityRuntime runtime, TwinId target, TwinCommand command)
    {
        Reply reply = await runtime.SendAsync(target, command, default);
        if (!reply.IsSuccess)
        {
            throw new RuntimeUnavailableException($"{target} could not be founded: {reply.Status} {reply.Refusal}");
        }
    }
}
