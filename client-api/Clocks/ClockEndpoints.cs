using System.ComponentModel.DataAnnotations;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Clocks;

/// <summary>The city's clock.</summary>
/// <param name="Now">The city's time, UTC.</param>
/// <param name="Mode">wall, accelerated or driven.</param>
/// <param name="Speed">City seconds per real second.</param>
internal sealed record ClockReading(DateTimeOffset Now, ClockMode Mode, double Speed);

/// <summary>Moves a driven clock.</summary>
/// <param name="To">Until when; every deadline up to then fires. Required; earlier than now changes nothing.</param>
internal sealed record AdvanceBody([property: Required] DateTimeOffset? To = null);

/// <summary>Reading and driving the clock.</summary>
internal static class ClockEndpoints
{
    private const string Tag = "Clock";

    private static readonly TimeSpan StepMax = TimeSpan.FromDays(366);

    /// <summary>Adds the routes.</summary>
    public static void MapClock(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/clock", new RouteDoc(Tag, "GetClock", "The city's time") { Answer = typeof(ClockReading) }, http => AnswerAsync(api, http));
        routes.Post("/clock", new RouteDoc(Tag, "AdvanceClock", "Moves a driven clock forward; all deadlines up to the moment have fired on return")
        {
            Body = typeof(AdvanceBody),
            Answer = typeof(ClockReading),
            TakesKey = false,
        }, http => AdvanceAsync(api, http));
    }

    private static async Task AdvanceAsync(CityApi api, HttpContext http)
    {
        AdvanceBody body = await BodyReader.ReadAsync(http, ApiJson.Default.AdvanceBody);
        CityClock clock = api.Runtime.Clock;
        Mistakes mistakes = default;
        if (body.To is not { } to)
        {
            mistakes.Add("$.to", "is required: a moment with its zone");
        }
        else if (to - clock.Now > StepMax)
        {
            mistakes.Add("$.to", $"is more than {StepMax.TotalDays} days ahead of the city's time, {clock.Now:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        }
        mistakes.ThrowIfAny();
        if (clock.Mode != ClockMode.Driven)
        {
            throw new ProblemException(Problem.ClockNotDriven);
        }
        await api.Runtime.AdvanceAsync(body.To!.Value.ToUniversalTime());
        await AnswerAsync(api, http);
    }

    private static Task AnswerAsync(CityApi api, HttpContext http)
    {
        CityClock clock = api.Runtime.Clock;
        return Answers.JsonAsync(http, new ClockReading(clock.Now, clock.Mode, clock.Speed), ApiJson.Default.ClockReading);
    }
}
