using System.Globalization;
using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Open311;

/// <summary>Lists of reports, the newest first: chosen in the index of cases, each then told by its twin.</summary>
internal static class RequestList
{
    /// <summary>Reports in one answer: the standard's limit.</summary>
    private const int PageMax = 1_000;

    private const int ReachMax = 100_000;
    private const int IndexPageMax = 500;

    /// <summary>The identities that a request asks for.</summary>
    /// <exception cref="Open311Exception">A parameter cannot be.</exception>
    public static IReadOnlyList<TwinId> Choose(Open311Desk desk, HttpContext http)
    {
        string? ids = http.Request.Query["service_request_id"];

        // The standard: a list of ids overrides every other argument.
        return string.IsNullOrEmpty(ids) ? Search(desk, http) : Listed(ids);
    }

    private static List<TwinId> Listed(string ids)
    {
        string[] parts = ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > PageMax)
        {
            throw Bad($"service_request_id has {parts.Length} ids: at most {PageMax} are answered at once");
        }
        List<TwinId> found = [];
        foreach (string part in parts)
        {
            if (TwinId.TryParseNumber(TwinKind.Case, part, out TwinId id))
            {
                found.Add(id);
            }
        }
        return found;
    }

    private static List<TwinId> Search(Open311Desk desk, HttpContext http)
    {
        (DateTimeOffset from, DateTimeOffset to) = Open311Moments.ReadPeriod(http, desk.Api.Runtime.Clock.Now);
        HashSet<string>? services = Services(desk, http.Request.Query["service_code"]);
        int size = Number(http, "page_size", PageMax, PageMax);
        int page = Number(http, "page", ReachMax, 1);
        if ((long)page * size > ReachMax)
        {
            throw Bad($"page × page_size reaches beyond {ReachMax} reports: narrow the dates instead");
        }
        var filter = new CaseFilter
        {
            Kind = CaseKind.Feedback,
            FiledAfter = from,
            FiledBefore = to.AddMilliseconds(1),
            Open = Open(http.Request.Query["status"]),
            Service = services is { Count: 1 } ? services.First() : null,
        };
        return Page(desk.Api.View.Cases, filter, services, (page - 1) * size, size);
    }

    private static List<TwinId> Page(CaseIndex cases, CaseFilter filter, HashSet<string>? services, int skip, int take)
    {
        List<TwinId> found = [];
        CasePlace? after = null;
        do
        {
            CasePage page = cases.List(new CaseQuery(filter, CaseOrder.FiledAt, Descending: true, IndexPageMax, after));
            foreach (CaseLine line in page.Cases.Where(c => services is null || services.Contains(c.Service)))
            {
                if (skip > 0)
                {
                    skip--;
                }
                else if (found.Count < take)
                {
                    found.Add(line.Case);
                }
            }
            after = page.Next;
        }
        while (after is not null && found.Count < take);
        return found;
    }

    private static HashSet<string>? Services(Open311Desk desk, string? codes)
    {
        if (string.IsNullOrEmpty(codes))
        {
            return null;
        }
        HashSet<string> services = [.. codes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        foreach (string code in services)
        {
            Open311Endpoints.FindService(desk, code);
        }
        return services;
    }

    private static bool? Open(string? status)
    {
        if (string.IsNullOrEmpty(status))
        {
            return null;
        }
        string[] wanted = [.. status.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
        if (wanted.Length == 0 || wanted.Any(w => w is not ("open" or "closed")))
        {
            throw Bad("status: expected open, closed, or both with a comma between");
        }
        return wanted.Length == 2 ? null : wanted[0] == "open";
    }

    private static int Number(HttpContext http, string name, int max, int otherwise)
    {
        string? text = http.Request.Query[name];
        return string.IsNullOrEmpty(text) ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= max ? value
            : throw Bad($"{name}: expected a whole number from 1 to {max}");
    }

    private static Open311Exception Bad(string description) => new(StatusCodes.Status400BadRequest, description);
}
