using System.Globalization;

namespace CityTwin.Silo.Subscriptions;

/// <summary>What a target says when it is asked whether it wants events (CloudEvents, HTTP 1.1 Web Hooks for Event Delivery, section 4: validation).</summary>
/// <param name="Allowed">It wants them from this origin.</param>
/// <param name="RatePerMinute">Events a minute at most; null: it names no limit.</param>
/// <param name="Reason">Why not; null when it is allowed.</param>
public sealed record WebhookGrant(bool Allowed, int? RatePerMinute, string? Reason)
{
    private const string Origin = "WebHook-Request-Origin";
    private const string Rate = "WebHook-Request-Rate";
    private const string AllowedOrigin = "WebHook-Allowed-Origin";
    private const string AllowedRate = "WebHook-Allowed-Rate";

    /// <summary>Asks with an OPTIONS request.</summary>
    internal static async Task<WebhookGrant> AskAsync(HttpClient http, Uri target, string origin, int ratePerSecond, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, target);
        request.Headers.TryAddWithoutValidation(Origin, origin);
        request.Headers.TryAddWithoutValidation(Rate, (ratePerSecond * 60).ToString(CultureInfo.InvariantCulture));
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return Of(response, origin);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new WebhookGrant(false, null, $"the target did not answer OPTIONS: {e.Message}");
        }
    }

    private static WebhookGrant Of(HttpResponseMessage response, string origin)
    {
        if (!response.IsSuccessStatusCode)
        {
            return new WebhookGrant(false, null, $"the target answered OPTIONS with {(int)response.StatusCode}");
        }
        string? allowed = One(response, AllowedOrigin);
        if (allowed is null || (allowed != "*" && !allowed.Equals(origin, StringComparison.OrdinalIgnoreCase)))
        {
            return new WebhookGrant(false, null, $"the target does not allow {origin}: {AllowedOrigin} is {allowed ?? "missing"}");
        }
        return One(response, AllowedRate) is { } rate && rate != "*"
            ? int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out int most) && most > 0
                ? new WebhookGrant(true, most, null)
                : new WebhookGrant(false, null, $"{AllowedRate}: expected a whole number above 0, or *")
            : new WebhookGrant(true, null, null);
    }

    private static string? One(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First().Trim() : null;
}
