using System.Collections.Frozen;
using System.Reflection;

namespace CityTwin.ClientApi.Pages;

/// <summary>The pages as the build put them into the program.</summary>
internal static class PageFiles
{
    private const string Prefix = "web/";

    /// <summary>Every file by its address.</summary>
    public static FrozenDictionary<string, PageFile> All { get; } = Load();

    /// <summary>The document that every page begins with.</summary>
    /// <exception cref="InvalidOperationException">The program was built without its pages.</exception>
    public static PageFile Shell { get; } = All.TryGetValue("/index.html", out PageFile? shell)
        ? shell
        : throw new InvalidOperationException("The program was built without its pages: build client-api with Node.js installed.");

    private static FrozenDictionary<string, PageFile> Load()
    {
        Assembly program = typeof(PageFiles).Assembly;
        string[] names = [.. program.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n.Replace('\\', '/'))];
        return names.Where(n => !n.EndsWith(".br", StringComparison.Ordinal) && !n.EndsWith(".gz", StringComparison.Ordinal))
            .Select(n => new PageFile("/" + n[Prefix.Length..], Read(program, n)!, Read(program, n + ".br"), Read(program, n + ".gz")))
            .ToFrozenDictionary(f => f.Path, StringComparer.Ordinal);
    }

    private static byte[]? Read(Assembly program, string name)
    {
        using Stream? stream = program.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
