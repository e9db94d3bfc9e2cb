using CityTwin.Grains;

namespace CityTwin.Silo.Embedded;

/// <summary>Brings a new journal's city to life from its folder: the city, then its offices, which open their desks.</summary>
internal static class Founding
{
    /// <summary>Founds what is not founded yet. Repeated, after a crash in its middle, it does the rest.</summary>
    public static async Task EnsureAsync(ICityRuntime runtime, CityDefinition city)
    {
        TwinReading reading = await runtime.ReadAsync(city.Id);
        CityState state = (CityState)reading.State;
        if (reading.Version == 0)
        {
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

    private static async Task Send(ICityRuntime runtime, TwinId target, TwinCommand command)
    {
        Reply reply = await runtime.SendAsync(target, command, default);
        if (!reply.IsSuccess)
        {
            throw new RuntimeUnavailableException($"{target} could not be founded: {reply.Status} {reply.Refusal}");
        }
    }
}
