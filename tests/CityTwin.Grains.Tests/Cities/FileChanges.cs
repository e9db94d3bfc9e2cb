namespace CityTwin.Grains.Tests.Cities;

internal static class FileChanges
{
    public static Dictionary<string, string> With(this Dictionary<string, string> files, string file, string text) =>
        new(files) { [file] = text };
}
