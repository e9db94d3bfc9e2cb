using CityTwin.Grains;
using CityTwin.Silo.Sensors;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Subscriptions;

/// <summary>What all webhooks share.</summary>
/// <param name="Host">The city.</param>
/// <param name="City">Its twin.</param>
/// <param name="Source">Where changes come from.</param>
/// <param name="Store">Where cursors and dead letters are kept.</param>
/// <param name="Http">The guarded client.</param>
/// <param name="Options">Limits.</param>
/// <param name="Time">The machine's time: retries and rates are not the city's.</param>
/// <param name="Logger">For what an operator should know.</param>
/// <param name="Readings">What sensors' readings say; null while they are not followed here.</param>
internal sealed record WebhookParts(
    ICityHost Host, TwinId City, ChangeSource Source, SubscriptionStore Store, HttpClient Http, SubscriptionOptions Options, TimeProvider Time, ILogger Logger, Func<SensorFollower?> Readings);
