using System.Net;
using System.Security.Cryptography;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Subscriptions;

/// <summary>Makes a subscription of a body.</summary>
internal static class Subscribing
{
    private const int SecretBytes = 32;
    private const int NoteMax = 200;

    /// <summary>The subscription, with a new identity, and with a new secret unless one was given.</summary>
    /// <exception cref="Problems.ProblemException">The body has mistakes.</exception>
    public static Subscription Read(SubscribeBody body, SubscriptionOptions options, ICityRuntime runtime)
    {
        Mistakes mistakes = default;
        Uri? target = Target(body.Target, options.AllowsPrivateTargets, ref mistakes);
        byte[] secret = Secret(body.Secret, ref mistakes);
        mistakes.OptionalText("$.note", body.Note, NoteMax);
        if (body.RatePerSecond is not (null or (>= 1 and <= 10_000)))
        {
            mistakes.Add("$.ratePerSecond", "expected a whole number from 1 to 10,000");
        }
        if (body.Changes is [])
        {
            mistakes.Add("$.changes", "name one at least, or leave it out for all");
        }
        if (body.From is { } from && (from < 0 || from > runtime.Position))
        {
            mistakes.Add("$.from", $"expected a journal position from 0 to {runtime.Position}");
        }
        mistakes.ThrowIfAny();
        return new Subscription
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Query = new QueryRequest { Type = body.Type, Q = body.Q, Near = body.Near, Within = body.Within, Select = body.Select },
            Target = target!,
            Mode = body.Mode ?? EventMode.Structured,
            Changes = body.Changes ?? [ChangeKind.Entered, ChangeKind.Changed, ChangeKind.Left],
            Secret = secret,
            RateMax = body.RatePerSecond ?? 100,
            Note = body.Note,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
    }

    // Names are looked up when events are sent, and the address that is connected to is the one that is checked; this only tells early.
    private static Uri? Target(string? text, bool allowsPrivate, ref Mistakes mistakes)
    {
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? target) && target.Scheme is "http" or "https";
        if (!isAddress || text!.Length > 2_000 || target!.UserInfo.Length > 0)
        {
            mistakes.Add("$.target", "is required: an address as https://example.org/events, without a user name, up to 2,000 characters");
            return null;
        }
        bool isHere = target.IsLoopback || (IPAddress.TryParse(target.Host.Trim('[', ']'), out IPAddress? literal) && !TargetGuard.IsPublic(literal));
        if (isHere && !allowsPrivate)
        {
            mistakes.Add("$.target", "is on this machine or a private network: the city must be started with --webhook-private for that");
        }
        return target;
    }

    private static byte[] Secret(string? text, ref Mistakes mistakes)
    {
        if (text is null)
        {
            return RandomNumberGenerator.GetBytes(SecretBytes);
        }
        var bytes = new byte[text.Length];
        bool isSecret = text.StartsWith(WebhookSignature.SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[WebhookSignature.SecretPrefix.Length..], bytes, out int length) && length is >= 24 and <= 64;
        if (!isSecret)
        {
            mistakes.Add("$.secret", "expected whsec_ and 24 to 64 bytes in base 64, or nothing");
            return [];
        }
        return Convert.FromBase64String(text[WebhookSignature.SecretPrefix.Length..]);
    }
}
