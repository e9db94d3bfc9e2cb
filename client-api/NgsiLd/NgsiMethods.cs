namespace CityTwin.ClientApi.NgsiLd;

/// <summary>What the standard's resources take (ETSI GS CIM 009, 6.4 to 6.24), to tell what this city does not do from what nobody does.</summary>
internal static class NgsiMethods
{
    // {} stands for one part of the address.
    private static readonly (string Path, string[] Methods)[] Resources =
    [
        ("entities", ["GET", "POST"]), ("entities/{}", ["GET", "PUT", "PATCH", "DELETE"]), ("entities/{}/attrs", ["POST", "PATCH"]), ("entities/{}/attrs/{}", ["PUT", "PATCH", "DELETE"]),
        ("entityOperations/{}", ["POST"]), ("types", ["GET"]), ("types/{}", ["GET"]), ("attributes", ["GET"]), ("attributes/{}", ["GET"]),
        ("subscriptions", ["GET", "POST"]), ("subscriptions/{}", ["GET", "PATCH", "DELETE"]),
        ("temporal/entities", ["GET", "POST"]), ("temporal/entities/{}", ["GET", "DELETE"]), ("temporal/entities/{}/attrs", ["POST"]), ("temporal/entities/{}/attrs/{}", ["DELETE"]),
        ("temporal/entities/{}/attrs/{}/{}", ["PATCH", "DELETE"]), ("temporal/entityOperations/query", ["POST"]),
        ("csourceRegistrations", ["GET", "POST"]), ("csourceRegistrations/{}", ["GET", "PATCH", "DELETE"]), ("csourceSubscriptions", ["GET", "POST"]), ("csourceSubscriptions/{}", ["GET", "PATCH", "DELETE"]),
        ("jsonldContexts", ["GET", "POST"]), ("jsonldContexts/{}", ["GET", "DELETE"]),
    ];

    /// <summary>Why nothing answers a request: the standard has no such resource, no such method of it, or this city does not do it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="below">The part of the address below the interface's own.</param>
    public static NgsiException Refuse(HttpContext http, string below)
    {
        string[] parts = below.Trim('/').Split('/');
        (string path, string[]? methods) = Array.Find(Resources, r => Fits(r.Path.Split('/'), parts));
        if (path is null)
        {
            return NgsiException.NotFound(http.Request.Path);
        }
        string what = $"{http.Request.Method} {http.Request.Path}";
        if (methods!.Contains(http.Request.Method))
        {
            return NgsiException.Unsupported($"{what} is not something that this city does");
        }
        http.Response.Headers.Allow = string.Join(", ", methods!);
        return new NgsiException("OperationNotSupported", StatusCodes.Status405MethodNotAllowed, $"{what}: there is {string.Join(", ", methods!)}");
    }

    private static bool Fits(string[] pattern, string[] parts) => pattern.Length == parts.Length && pattern.Zip(parts).All(p => p.First == "{}" ? p.Second.Length > 0 : p.First == p.Second);
}
