namespace CityTwin.ClientApi.Hosting;

/// <summary>How much one request may ask for.</summary>
internal sealed record ApiLimits
{
    /// <summary>Bytes of a request body. 1,024 to 1,073,741,824, default 8 MiB.</summary>
    public long BodyBytesMax { get; init; } = 8 * 1024 * 1024;

    /// <summary>Cases in one batch. 1 to 1,000, default 1,000.</summary>
    public int BatchMax { get; init; } = 1_000;

    /// <summary>Connections at once. 1 to 1,000,000, default 10,000.</summary>
    public int ConnectionsMax { get; init; } = 10_000;
}
