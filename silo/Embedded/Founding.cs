using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Embedded;

/// <summary>Brings a new journal's city to life from its folder: the city, then its offices, which open their desks.</summary>
internal static class Founding
{
    private const int CodeMax = 99;
    private const int TogetherMax = 200;
    private const int AttemptsMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

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
        TwinReading[] offices = await Task.WhenAll(city.Offices.Select(o => runtime.ReadAsync(o.Profile.Id).AsTask()));
        IEnumerable<Envelope> missing = city.Offices.Where((_, i) => offices[i].Version == 0)
            .Select(o => new Envelope(o.Profile.Id, new OfficeCommand.Establish(o.Profile, o.Desks), default));
        foreach (Envelope[] together in missing.Chunk(TogetherMax))
        {
            foreach ((Envelope sent, Reply reply) in together.Zip(await runtime.SendAsync(together)))
            {
                if (reply.Status == ReplyStatus.Overloaded)
                {
                    // The queue is shorter than the city has offices.
                    await Send(runtime, sent.Target, sent.Command);
                }
                else
                {
                    Check(sent.Target, reply);
                }
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
        for (int attempt = 1; reply.Status == ReplyStatus.Overloaded && attempt < AttemptsMax; attempt++)
        {
            await Task.Delay(Pause);
            reply = await runtime.SendAsync(target, command, default);
        }
        Check(target, reply);
    }

    private static void Check(TwinId target, Reply reply)
    {
        if (!reply.IsSuccess)
        {
            throw new RuntimeUnavailableException($"{target} could not be founded: {reply.Status} {reply.Refusal}");
        }
    }
}
