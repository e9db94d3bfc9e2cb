using System.Security.Cryptography;
using System.Text;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.Keys;

/// <summary>The keys of those who may use the API. Kept as hashes and compared in constant time.</summary>
internal sealed class ApiKeys
{
    /// <summary>The environment variable with keys, separated by commas.</summary>
    public const string Variable = "CITYTWIN_API_KEYS";

    /// <summary>A key is at least so long.</summary>
    public const int LengthMin = 16;

    private readonly byte[][] _hashes;

    /// <summary>Some keys; none: everybody may.</summary>
    public ApiKeys(IEnumerable<string> keys) => _hashes = [.. keys.Select(Hash)];

    /// <summary>True when no key is asked for.</summary>
    public bool IsOpen => _hashes.Length == 0;

    /// <summary>Whether a request carries one of the keys: as bearer token, in X-Api-Key, or (live updates) in ?access_token.</summary>
    public bool Allows(HttpRequest request)
    {
        string? bearer = request.Headers.Authorization.Count == 1 ? request.Headers.Authorization[0] : null;
        string? key = bearer?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? bearer[7..].Trim() : request.Headers["X-Api-Key"];
        if (string.IsNullOrEmpty(key) && request.Path.StartsWithSegments("/live"))
        {
            key = request.Query["access_token"];
        }
        return Contains(key);
    }

    /// <summary>Whether a text is one of the keys.</summary>
    public bool Contains(string? key) => !string.IsNullOrEmpty(key) && Contains(Hash(key));

    private bool Contains(byte[] hash)
    {
        bool found = false;
        foreach (byte[] known in _hashes)
        {
            found |= CryptographicOperations.FixedTimeEquals(known, hash);
        }
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

/// <summary>Asks for a key everywhere but at the status page, the health checks, and interfaces whose standard says who needs one.</summary>
internal static class ApiKeyGate
{
    /// <summary>Adds the step, if there are keys.</summary>
    public static void UseApiKeys(this IApplicationBuilder app, ApiKeys keys)
    {
        if (keys.IsOpen)
        {
            return;
        }
        app.Use(next => http =>
        {
            return IsPublic(http.Request.Path) || keys.Allows(http.Request) ? next(http) : Answers.ProblemAsync(http, Problem.KeyRequired);
        });
    }

    /// <summary>Whether an address asks for no key, or by a standard's own rules.</summary>
    public static bool IsPublic(PathString path) =>
        path == "/" || path.StartsWithSegments("/health") || path.StartsWithSegments("/assets") || Open311.Open311Endpoints.Owns(path) || path.StartsWithSegments("/opendata");
}
