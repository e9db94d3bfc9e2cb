using System.Security.Cryptography;
using System.Text;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Signs webhooks as the Standard Webhooks specification has it: HMAC-SHA256 over id, time and body.</summary>
public static class WebhookSignature
{
    /// <summary>The beginning of a secret as it is told.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>The headers <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>.</summary>
    public static IEnumerable<(string Name, string Value)> Headers(byte[] secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        string time = at.ToUnixTimeSeconds().ToString(null, null);
        return [("webhook-id", id), ("webhook-timestamp", time), ("webhook-signature", "v1," + Convert.ToBase64String(Sign(secret, id, time, body)))];
    }

    /// <summary>The signature of a body.</summary>
    public static byte[] Sign(byte[] secret, string id, string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{time}."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
