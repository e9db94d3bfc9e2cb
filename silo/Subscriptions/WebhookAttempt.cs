using System.Net;

namespace CityTwin.Silo.Subscriptions;

/// <summary>What became of one attempt to deliver an event.</summary>
/// <param name="Delivered">The target took it.</param>
/// <param name="Gone">The target wants no more events, ever (410).</param>
/// <param name="Final">Another attempt would be answered the same.</param>
/// <param name="Error">Why not; null when it was taken.</param>
/// <param name="RetryAfter">When the target asks to be tried again.</param>
internal sealed record WebhookAttempt(bool Delivered, bool Gone, bool Final, string? Error, TimeSpan? RetryAfter)
{
    /// <summary>Makes an attempt.</summary>
    public static async Task<WebhookAttempt> MakeAsync(HttpClient http, CloudEvent e, Subscription subscription, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage request = e.Request(subscription, now);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return Of(response, now);
        }
        catch (HttpRequestException ex)
        {
            return new WebhookAttempt(false, false, false, ex.InnerException is { } inner ? $"{ex.Message}: {inner.Message}" : ex.Message, null);
        }
        catch (IOException ex)
        {
            return new WebhookAttempt(false, false, false, ex.Message, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WebhookAttempt(false, false, false, "the target did not answer in time", null);
        }
    }

    private static WebhookAttempt Of(HttpResponseMessage response, DateTimeOffset now)
    {
        int status = (int)response.StatusCode;
        bool delivered = status is >= 200 and < 300;

        // Too early, too many and time-outs pass; any other refusal of the request itself stays.
        bool final = status is >= 300 and < 500 && response.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425);
        TimeSpan? retry = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - now : null);
        return new WebhookAttempt(delivered, response.StatusCode == HttpStatusCode.Gone, final, delivered ? null : $"the target answered {status}", retry);
    }
}
