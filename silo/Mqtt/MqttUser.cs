using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace CityTwin.Silo.Mqtt;

/// <summary>A device, gateway or bridge that may connect.</summary>
/// <remarks>Thread-safe. The password is kept as PBKDF2-SHA256 (RFC 8018); one that was right is recognised quickly afterwards.</remarks>
public sealed class MqttUser
{
    private const int SaltBytes = 16;

    private const int HashBytes = 32;

    private const int Iterations = 100_000;

    private static readonly byte[] ProcessKey = RandomNumberGenerator.GetBytes(HashBytes);

    private byte[]? _lastRight;

    /// <summary>The user name, 1 to 256 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What <see cref="HashPassword"/> gave.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Filters of the topics it may publish to. Default: all of the city's.</summary>
    public IReadOnlyList<string> MayPublish { get; init; } = ["city/#"];

    /// <summary>Filters of the topics it may receive. Default: all of the city's.</summary>
    public IReadOnlyList<string> MaySubscribe { get; init; } = ["city/#"];

    /// <summary>The text to keep for a password: iterations, salt and hash.</summary>
    public static string HashPassword(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashBytes);
        return $"{Iterations}.{Convert.ToBase64String(salt)}.{Convert.ToBase64String(hash)}";
    }

    /// <summary>Whether a text is one that <see cref="HashPassword"/> gave.</summary>
    public static bool IsHash(string text)
    {
        try
        {
            new MqttUser { Name = "", PasswordHash = text }.Parts();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    internal bool Knows(ReadOnlySpan<byte> password)
    {
        byte[] quick = HMACSHA256.HashData(ProcessKey, password);
        if (Volatile.Read(ref _lastRight) is { } known && CryptographicOperations.FixedTimeEquals(known, quick))
        {
            return true;
        }
        (int iterations, byte[] salt, byte[] hash) = Parts();
        bool right = CryptographicOperations.FixedTimeEquals(
            Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes), hash);
        if (right)
        {
            Volatile.Write(ref _lastRight, quick);
        }
        return right;
    }

    internal void Validate()
    {
        if (Name.Length is 0 or > 256 || MayPublish.Concat(MaySubscribe).Any(f => !Topics.IsFilter(f)))
        {
            throw new ValidationException($"MQTT user '{Name}': the name has 1 to 256 characters, and each filter is a topic filter.");
        }
        try
        {
            Parts();
        }
        catch (FormatException e)
        {
            throw new ValidationException($"MQTT user '{Name}': the password hash is not one that HashPassword gave.", e);
        }
    }

    /// <summary>Whether every topic that <paramref name="filter"/> can match is covered by one of the user's filters.</summary>
    internal bool MayReceive(string filter) => MaySubscribe.Any(allowed => Covers(allowed, filter));

    internal bool MaySend(string topic) => MayPublish.Any(allowed => Topics.Matches(allowed, topic));

    private static bool Covers(string allowed, string asked)
    {
        string[] outer = allowed.Split('/');
        string[] inner = asked.Split('/');
        for (int i = 0; i < outer.Length; i++)
        {
            if (outer[i] == "#")
            {
                return i > 0 || !asked.StartsWith('$');
            }
            if (i >= inner.Length || inner[i] == "#" || (outer[i] != "+" && outer[i] != inner[i]))
            {
                return false;
            }
        }
        return outer.Length == inner.Length;
    }

    private (int Iterations, byte[] Salt, byte[] Hash) Parts()
    {
        string[] parts = PasswordHash.Split('.');
        if (parts.Length != 3 || !int.TryParse(parts[0], out int iterations) || iterations < 1)
        {
            throw new FormatException("expected iterations.salt.hash");
        }
        return (iterations, Convert.FromBase64String(parts[1]), Convert.FromBase64String(parts[2]));
    }
}
