using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.Grains;

namespace CityTwin.Silo.Journal.Personal;

/// <summary>Writes a citizen's text encrypted: <c>enc1.&lt;subject&gt;.&lt;nonce, ciphertext and tag in base64url&gt;</c>, AES-256-GCM.</summary>
/// <remarks>
/// The key ring comes from <see cref="PersonalScope"/>; without one, texts pass as they are, as over HTTP. A text whose key was
/// destroyed is read as <see cref="Erased"/>. Thread-safe.
/// </remarks>
internal sealed class PersonalTextJson : JsonConverter<string>
{
    /// <summary>What stands where a text was whose key is destroyed.</summary>
    public const string Erased = "(erased)";

    /// <summary>How every encrypted text begins.</summary>
    public const string Prefix = "enc1.";

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int SubjectDigits = 16;

    /// <summary>The only instance.</summary>
    public static PersonalTextJson Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (PersonalScope.Ring is { } ring)
        {
            writer.WriteStringValue(Encrypt(value, PersonalScope.Subject, ring.KeyFor(PersonalScope.Subject)));
        }
        else
        {
            writer.WriteStringValue(value);
        }
    }

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? stored = reader.GetString();
        return stored is not null && PersonalScope.Ring is { } ring && TrySubject(stored, out TwinId subject)
            ? Decrypt(stored, subject, ring.Find(subject))
            : stored;
    }

    /// <summary>Adds the subjects of all encrypted texts in some JSON.</summary>
    public static void CollectSubjects(ReadOnlySpan<byte> json, HashSet<long> into)
    {
        for (int at = json.IndexOf("\"enc1."u8); at >= 0; at = json.IndexOf("\"enc1."u8))
        {
            json = json[(at + 1 + Prefix.Length)..];
            if (json.Length > SubjectDigits && Utf8Parser.TryParse(json[..SubjectDigits], out long subject, out int used, 'x') && used == SubjectDigits)
            {
                into.Add(subject);
            }
        }
    }

    private static bool TrySubject(string stored, out TwinId subject)
    {
        int end = Prefix.Length + SubjectDigits;
        bool is16 = stored.Length > end && stored.StartsWith(Prefix, StringComparison.Ordinal) && stored[end] == '.';
        long value = 0;
        is16 = is16 && long.TryParse(stored.AsSpan(Prefix.Length, SubjectDigits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out value);
        subject = TwinId.FromValue(value);
        return is16;
    }

    private static string Encrypt(string text, TwinId subject, byte[] key)
    {
        byte[] plain = Encoding.UTF8.GetBytes(text);
        byte[] sealedText = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceBytes));
        using AesGcm aes = new(key, TagBytes);
        aes.Encrypt(sealedText.AsSpan(0, NonceBytes), plain, sealedText.AsSpan(NonceBytes, plain.Length), sealedText.AsSpan(NonceBytes + plain.Length));
        return $"{Prefix}{subject.Value:x16}.{Base64Url.EncodeToString(sealedText)}";
    }

    private static string Decrypt(string stored, TwinId subject, byte[]? key)
    {
        if (key is null)
        {
            return Erased;
        }
        try
        {
            byte[] sealedText = Base64Url.DecodeFromChars(stored.AsSpan(Prefix.Length + SubjectDigits + 1));
            int length = sealedText.Length - NonceBytes - TagBytes;
            if (length < 0)
            {
                return stored;
            }
            byte[] plain = new byte[length];
            using AesGcm aes = new(key, TagBytes);
            aes.Decrypt(sealedText.AsSpan(0, NonceBytes), sealedText.AsSpan(NonceBytes, length), sealedText.AsSpan(NonceBytes + length), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (FormatException)
        {
            // Not of our making: a text that merely begins so.
            return stored;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The citizen was forgotten and came back: this text is from before, under the key that was destroyed.
            return Erased;
        }
    }
}
