using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Embedded;

/// <summary>Brings a new journal's city to life from its folder: the city, then its offices, which open their desks.</summary>
internal static class Founding
{
    private const int CodeMax = 99;
    private const int AttemptsMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Founds what is not founded yet. Repeated, after a crash in its middle, it does the rest.</summary>
    /// <param name="runtime">Where the city is to live.</param>
    /// <param name="city">The city.</param>
    /// <param name="together">How many offices are asked and opened at once; many where each is a journey, else one. A queue that is full is waited for only by many.</param>
    public static async Task EnsureAsync(ICityRuntime runtime, CityDefinition city, int together = 1)
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
        foreach (OfficeDefinition[] offices in city.Offices.Chunk(together))
        {
            TwinReading[] readings = await Task.WhenAll(offices.Select(o => runtime.ReadAsync(o.Profile.Id).AsTask()));
            Envelope[] missing = [.. offices.Where((_, i) => readings[i].Version == 0)
                .Select(o => new Envelope(o.Profile.Id, new OfficeCommand.Establish(o.Profile, o.Desks), default))];
            if (missing.Length == 0)
            {
                continue;
            }
            foreach ((Envelope sent, Reply reply) in missing.Zip(await runtime.SendAsync(missing)))
            {
                Check(sent.Target, reply.Status == ReplyStatus.Overloaded && together > 1 ? await AgainAsync(runtime, sent) : reply);
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

    private static async Task Send(ICityRuntime runtime, TwinId target, TwinCommand command) =>
        Check(target, await runtime.SendAsync(target, command, default));

    // The queue is shorter than so many offices.
    private static async Task<Reply> AgainAsync(ICityRuntime runtime, Envelope sent)
    {
        Reply reply = await runtime.SendAsync(sent.Target, sent.Command, default);
        for (int attempt = 1; reply.Status == ReplyStatus.Overloaded && attempt < AttemptsMax; attempt++)
        {
            await Task.Delay(Pause);
            reply = await runtime.SendAsync(sent.Target, sent.Command, default);
        }
        return reply;
    }

    private static void Check(TwinId target, Reply reply)
    {
        if (!reply.IsSuccess)
        {
            throw new RuntimeUnavailableException($"{target} could not be founded: {reply.Status} {reply.Refusal}");
        }
    }
}
