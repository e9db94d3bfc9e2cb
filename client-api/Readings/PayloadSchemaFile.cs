namespace CityTwin.ClientApi.Readings;

/// <summary>The JSON schema of a payload, as the program carries it.</summary>
internal static class PayloadSchemaFile
{
    private const string Name = "payload.schema.json";

    /// <summary>Its bytes, UTF-8.</summary>
    public static byte[] Bytes { get; } = Read();

    private static byte[] Read()
    {
        using Stream stream = typeof(PayloadSchemaFile).Assembly.GetManifestResourceStream(Name)!;
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
