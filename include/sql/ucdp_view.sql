-- Our deadly events in UCDP GED's columns. What needs UCDP's own registers (dyads, conflicts, side and grid ids) or can't be known is null.
-- Numbers are as stated: no vague word becomes a number. best is null where only words or an open range are given.
CREATE OR REPLACE VIEW ucdp_view AS
WITH deadly AS (
    SELECT
        e.*,
        list_contains(string_split(coalesce(e.actor2, ''), '; '), 'CIVILIANS') AS hits_civilians,
        p.is_state AS state1,
        s.is_state AS state2
    FROM events AS e
    LEFT JOIN dim_actor AS p ON p.actor_id = string_split(e.actor1, '; ')[1]
    LEFT JOIN dim_actor AS s ON s.actor_id = string_split(e.actor2, '; ')[1]
    WHERE
        e.event_date IS NOT NULL
        AND NOT e.is_aggregate
        AND coalesce(e.deaths_low, e.deaths_best, e.deaths_high) > 0
        AND e.event_type IN ('Battles', 'Explosions/Remote violence', 'Violence against civilians')
)

SELECT
    d.event_id AS id,
    d.event_id AS relid,
    CAST(year(d.event_date) AS INTEGER) AS "year",
    CAST(NULL AS BOOLEAN) AS active_year,
    -- 1 state-based, 2 non-state, 3 one-sided; null where a side is not known.
    CAST(CASE
        WHEN d.hits_civilians AND d.actor1 IS NOT NULL THEN 3
        WHEN d.actor1 IS NULL OR d.actor2 IS NULL THEN NULL
        WHEN d.state1 OR d.state2 THEN 1
        ELSE 2
    END AS INTEGER) AS type_of_violence,
    CAST(NULL AS INTEGER) AS conflict_new_id,
    CAST(NULL AS VARCHAR) AS conflict_name,
    CAST(NULL AS INTEGER) AS dyad_new_id,
    CASE WHEN d.actor1 IS NOT NULL AND d.actor2 IS NOT NULL THEN d.actor1_en || ' - ' || d.actor2_en END AS dyad_name,
    CAST(NULL AS INTEGER) AS side_a_new_id,
    d.actor1_en AS side_a,
    CAST(NULL AS INTEGER) AS side_b_new_id,
    d.actor2_en AS side_b,
    d.n_articles AS number_of_sources,
    d.publishers AS source_article,
    d.sources AS source_original,
    -- UCDP: 1 exact, 2 within 25 km, 4 first administrative level.
    CAST(CASE d.geo_precision WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 4 END AS INTEGER) AS where_prec,
    coalesce(d.place_en, d.place) AS where_coordinates,
    d.notes_en AS where_description,
    d.admin1_en AS adm_1,
    d.admin2_en AS adm_2,
    d.lat AS latitude,
    d.lon AS longitude,
    CAST(NULL AS INTEGER) AS priogrid_gid,
    coalesce(c.name_en, d.country) AS country,
    CAST(NULL AS INTEGER) AS country_id,
    c.region,
    CAST(CASE WHEN d.n_articles > 1 AND d.n_independent_sources > 1 THEN 1 ELSE 2 END AS INTEGER) AS event_clarity,
    -- UCDP: 1 exact day, 2 two to six days, 3 a week, 4 a month, 5 more.
    CAST(CASE
        WHEN d.time_precision = 1 AND coalesce(d.date_end, d.event_date) = d.event_date THEN 1
        WHEN date_diff('day', d.event_date, coalesce(d.date_end, d.event_date)) <= 5 THEN 2
        WHEN date_diff('day', d.event_date, d.date_end) <= 6 THEN 3
        WHEN date_diff('day', d.event_date, d.date_end) <= 30 THEN 4
        ELSE 5
    END AS INTEGER) AS date_prec,
    d.event_date AS date_start,
    coalesce(d.date_end, d.event_date) AS date_end,
    d.deaths_a,
    d.deaths_b,
    d.deaths_civilians,
    d.deaths_unknown,
    d.deaths_best AS best,
    d.deaths_high AS high,
    d.deaths_low AS low
FROM deadly AS d
LEFT JOIN country AS c ON c.country = d.country;
