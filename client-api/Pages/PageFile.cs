using System.Security.Cryptography;

namespace CityTwin.ClientApi.Pages;

/// <summary>A file of the pages, as it was built, and its packed forms.</summary>
/// <remarks>Held in memory: all of them together are some megabytes. Safe for any thread.</remarks>
internal sealed class PageFile
{
    private readonly byte[] _plain;
    private readonly byte[]? _brotli;
    private readonly byte[]? _gzip;

    /// <summary>A file.</summary>
    /// <param name="path">Its address, as <c>/assets/main-1a2b3c.js</c>.</param>
    /// <param name="plain">Its bytes.</param>
    /// <param name="brotli">The same packed with Brotli; null when packing does not pay.</param>
    /// <param name="gzip">The same packed with gzip.</param>
    public PageFile(string path, byte[] plain, byte[]? brotli, byte[]? gzip)
    {
        Path = path;
        _plain = plain;
        _brotli = brotli;
        _gzip = gzip;
        ContentType = TypeOf(System.IO.Path.GetExtension(path));
        Tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(plain))[..16]}\"";
    }

    /// <summary>Its address.</summary>
    public string Path { get; }

    /// <summary>The media type.</summary>
    public string ContentType { get; }

    /// <summary>The entity tag.</summary>
    public string Tag { get; }

    /// <summary>Answers with the smallest form that the caller takes, or 304.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caching">What Cache-Control says.</param>
    public Task WriteAsync(HttpContext http, string caching)
    {
        HttpResponse response = http.Response;
        response.Headers.CacheControl = caching;
        response.Headers.ETag = Tag;
        response.Headers.Vary = "Accept, Accept-Encoding";
        response.Headers.XContentTypeOptions = "nosniff";
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = ContentType;
        byte[] bytes = Chosen(http.Request.Headers.AcceptEncoding.ToString(), response);
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes).AsTask();
    }

    private byte[] Chosen(string accepted, HttpResponse response)
    {
        if (_brotli is not null && accepted.Contains("br", StringComparison.Ordinal))
        {
            response.Headers.ContentEncoding = "br";
            return _brotli;
        }
        if (_gzip is not null && accepted.Contains("gzip", StringComparison.Ordinal))
        {
            response.Headers.ContentEncoding = "gzip";
            return _gzip;
        }
        return _plain;
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" or ".map" => "application/json",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
