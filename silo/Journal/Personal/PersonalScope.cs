using CityTwin.Grains;

namespace CityTwin.Silo.Journal.Personal;

/// <summary>With which keys this thread writes or reads citizens' texts now.</summary>
internal readonly ref struct PersonalScope
{
    [ThreadStatic]
    private static KeyRing? _ring;

    [ThreadStatic]
    private static TwinId _subject;

    private readonly KeyRing? _before;

    /// <summary>Begins a scope on this thread; the caller disposes it on the same thread.</summary>
    public PersonalScope(KeyRing ring)
    {
        _before = _ring;
        _ring = ring;
    }

    /// <summary>The key ring in use; null outside any scope.</summary>
    public static KeyRing? Ring => _ring;

    /// <summary>Whose texts are being written.</summary>
    public static TwinId Subject => _subject;

    /// <summary>Says whose texts are written next.</summary>
    public static void For(TwinId subject) => _subject = subject;

    /// <summary>Ends the scope.</summary>
    public void Dispose() => _ring = _before;
}
