namespace CityTwin.Silo.Journal.Postgres;

/// <summary>Views for those who ask the journal in SQL. Names and columns are a contract: docs/postgres.md shows them with example queries.</summary>
internal static class PostgresViews
{
    /// <summary>Makes the views and the functions that they need.</summary>
    public static readonly string Sql = $"""
        {Others}
        {Cases("filed.data->>'urgency'")}
        {OfficialWork("sum(span(data->>'worked'))")}
        """;

    /// <summary>Says what events leave out because it is the default, where the views before told of nothing.</summary>
    public static readonly string Defaults = $"""
        {Cases("coalesce(filed.data->>'urgency', 'normal')")}
        {OfficialWork("coalesce(sum(span(data->>'worked')), interval '0')")}
        """;

    private const string Others = """
        CREATE FUNCTION twin_text(twin bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT (ARRAY['city','commune','department','desk','case','sensor','citizen','official'])[(twin >> 59)::int] || '/' ||
                CASE WHEN (twin >> 59) IN (5, 6, 7)
                    THEN (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (((twin & 576460752303423487) >> (5 * i)) & 31)::int + 1, 1), '' ORDER BY i DESC)
                          FROM generate_series(0, 11) AS i)
                    ELSE (twin & 576460752303423487)::text END
        $$;

        CREATE FUNCTION span(text) RETURNS interval LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT regexp_replace($1, '^(-?)(\d+)\.(\d+:)', '\1\2 days \1\3')::interval
        $$;

        CREATE VIEW event_log AS
            SELECT position, twin_text(twin) AS twin, version, at, type, data, command FROM events;

        CREATE VIEW desk_work AS
            SELECT twin_text(twin) AS desk, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
                count(*) FILTER (WHERE type = 'CaseEnqueued') AS enqueued,
                count(*) FILTER (WHERE type = 'CaseTaken') AS taken,
                count(*) FILTER (WHERE type = 'CaseReleased') AS released,
                count(*) FILTER (WHERE type = 'CaseReleased' AND data->>'reason' IN ('resolved', 'rejected')) AS decided
            FROM events
            WHERE type IN ('CaseEnqueued', 'CaseTaken', 'CaseReleased')
            GROUP BY 1, 2;

        CREATE VIEW daily_counts AS
            SELECT filed.data->>'commune' AS commune, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
                count(*) FILTER (WHERE e.type = 'CaseFiled') AS filed,
                count(*) FILTER (WHERE e.type = 'CaseResolved') AS resolved,
                count(*) FILTER (WHERE e.type = 'CaseRejected') AS rejected,
                count(*) FILTER (WHERE e.type = 'CaseWithdrawn') AS withdrawn,
                count(*) FILTER (WHERE e.type = 'CaseEscalated') AS escalated,
                count(*) FILTER (WHERE e.type = 'CaseBecameOverdue') AS overdue
            FROM events AS e
            JOIN events AS filed ON filed.twin = e.twin AND filed.version = 1
            WHERE filed.type = 'CaseFiled'
                AND e.type IN ('CaseFiled', 'CaseResolved', 'CaseRejected', 'CaseWithdrawn', 'CaseEscalated', 'CaseBecameOverdue')
            GROUP BY 1, 2;
        """;

    private static string Cases(string urgency) => $"""
        CREATE OR REPLACE VIEW cases AS
            SELECT twin_text(filed.twin) AS "case", filed.twin AS case_number,
                filed.data->>'kind' AS kind, filed.data->>'service' AS service, filed.data->>'commune' AS commune,
                filed.data->>'channel' AS channel, {urgency} AS urgency,
                filed.at AS filed_at, (filed.data->>'dueAt')::timestamptz AS first_due_at,
                later.started_at, later.decided_at, later.ended_at,
                later.started_at - filed.at AS wait_time, later.decided_at - filed.at AS lead_time,
                later.on_time, later.rejected, later.withdrawn, later.overdue, later.escalations, later.reopenings, later.rating
            FROM events AS filed
            CROSS JOIN LATERAL (
                SELECT min(e.at) FILTER (WHERE e.type = 'WorkStarted') AS started_at,
                    max(e.at) FILTER (WHERE e.type IN ('CaseResolved', 'CaseRejected')) AS decided_at,
                    max(e.at) FILTER (WHERE e.type IN ('CaseClosed', 'CaseWithdrawn')) AS ended_at,
                    bool_and(coalesce((e.data->>'onTime')::boolean, false)) FILTER (WHERE e.type IN ('CaseResolved', 'CaseRejected')) AS on_time,
                    coalesce(bool_or(e.type = 'CaseRejected'), false) AS rejected,
                    coalesce(bool_or(e.type = 'CaseWithdrawn'), false) AS withdrawn,
                    coalesce(bool_or(e.type = 'CaseBecameOverdue'), false) AS overdue,
                    count(*) FILTER (WHERE e.type = 'CaseEscalated') AS escalations,
                    count(*) FILTER (WHERE e.type = 'CaseReopened') AS reopenings,
                    max((e.data->>'score')::int) FILTER (WHERE e.type = 'CaseRated') AS rating
                FROM events AS e WHERE e.twin = filed.twin) AS later
            WHERE filed.type = 'CaseFiled';
        """;

    private static string OfficialWork(string worked) => $"""
        CREATE OR REPLACE VIEW official_work AS
            SELECT twin_text(twin) AS official, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
                count(*) AS pieces, {worked} AS worked,
                count(*) FILTER (WHERE coalesce((data->>'onTime')::boolean, false)) AS on_time
            FROM events
            WHERE type = 'WorkRecorded'
            GROUP BY 1, 2;
        """;
}
