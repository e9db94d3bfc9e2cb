using System.Runtime.CompilerServices;

namespace CityTwin.Tidy.Tests;

/// <summary>The checkout that the tests were built from, as files.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", ".git", "dist", "generated"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Where(IsOurs).Select(Relative)
            : [];

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static bool IsOurs(string path) => !Relative(path).Split('/').Any(NotOurs.Contains);

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
