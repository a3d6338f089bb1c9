-- Our events in ACLED's 31 columns. Undated events and aggregate tolls are left out: ACLED knows neither.
-- Here, and only here, vague numbers become numbers (ACLED: tens 10, dozens 12, hundreds 100, thousands 1000; an unknown plural 10 in
-- battles and remote violence, else 3), and coarse dates the middle of their range. Reports that differ: the lowest number counts.
-- What the pipeline can't know is null: assoc_actor_1/2 beyond the further actors, source_scale.
CREATE OR REPLACE VIEW acled_view AS
WITH actor AS (
    SELECT
        a.event_id,
        a.role,
        first(d.name_en ORDER BY a.seq) AS name,
        first(d.actor_class ORDER BY a.seq) AS class,
        string_agg(d.name_en, '; ' ORDER BY a.seq) FILTER (WHERE a.seq > 1) AS others
    FROM event_actors AS a
    JOIN dim_actor AS d USING (actor_id)
    GROUP BY a.event_id, a.role
),

located AS (
    SELECT
        e.*,
        CAST(e.event_date + (date_diff('day', e.event_date, coalesce(e.date_end, e.event_date)) // 2)::INTEGER AS DATE) AS middle,
        p.name AS first_actor,
        p.others AS first_others,
        -- A protest's own side is the protesters, and a riot's the rioters, whether or not the text names them as a party.
        coalesce(p.class, CASE e.event_type WHEN 'Protests' THEN 'Protesters' WHEN 'Riots' THEN 'Rioters' END) AS class1,
        s.name AS second_actor,
        s.others AS second_others,
        s.class AS class2
    FROM events AS e
    LEFT JOIN actor AS p ON p.event_id = e.event_id AND p.role = 'actor1'
    LEFT JOIN actor AS s ON s.event_id = e.event_id AND s.role = 'actor2'
    WHERE e.event_date IS NOT NULL AND NOT e.is_aggregate AND e.event_type IS NOT NULL
)

SELECT
    coalesce(c.iso3, 'XXX') || l.event_id AS event_id_cnty,
    CASE WHEN l.time_precision = 1 THEN l.event_date ELSE l.middle END AS event_date,
    CAST(year(CASE WHEN l.time_precision = 1 THEN l.event_date ELSE l.middle END) AS INTEGER) AS "year",
    l.time_precision,
    l.disorder_type,
    l.event_type,
    l.sub_event_type,
    coalesce(
        l.first_actor, CASE l.event_type WHEN 'Protests' THEN 'Protesters' WHEN 'Riots' THEN 'Rioters' END
    ) AS actor1,
    l.first_others AS assoc_actor_1,
    l.class1 AS inter1,
    l.second_actor AS actor2,
    l.second_others AS assoc_actor_2,
    l.class2 AS inter2,
    CASE
        WHEN l.class1 IS NOT NULL AND l.class2 IS NOT NULL THEN l.class1 || '-' || l.class2
        WHEN coalesce(l.class1, l.class2) IS NOT NULL THEN coalesce(l.class1, l.class2) || ' only'
    END AS interaction,
    CASE
        WHEN l.disorder_type LIKE 'Political violence%' AND l.class2 IN ('Civilians', 'Protesters') THEN 'Civilian targeting'
    END AS civilian_targeting,
    c.iso_numeric AS iso,
    c.region,
    coalesce(c.name_en, l.country) AS country,
    l.admin1_en AS admin1,
    l.admin2_en AS admin2,
    CAST(NULL AS VARCHAR) AS admin3,
    coalesce(l.place_en, l.place, l.admin1_en) AS "location",
    l.lat AS latitude,
    l.lon AS longitude,
    l.geo_precision,
    l.publishers AS source,
    CAST(NULL AS VARCHAR) AS source_scale,
    l.notes_en AS notes,
    CAST(CASE
        WHEN coalesce(l.deaths_low, l.deaths_best, l.deaths_high) IS NOT NULL
            THEN coalesce(l.deaths_low, l.deaths_best, l.deaths_high)
        WHEN l.deaths_qualifier IS DISTINCT FROM 'vague' THEN 0
        WHEN l.deaths_text SIMILAR TO '.*(آلاف|الاف|ألوف|thousands).*' THEN 1000
        WHEN l.deaths_text SIMILAR TO '.*(مئات|مئآت|مئا|hundreds).*' THEN 100
        WHEN l.deaths_text SIMILAR TO '.*(عشرات|dozens).*' THEN 12
        WHEN l.deaths_text SIMILAR TO '.*(tens).*' THEN 10
        WHEN l.event_type IN ('Battles', 'Explosions/Remote violence') THEN 10
        ELSE 3
    END AS INTEGER) AS fatalities,
    CASE WHEN l.actor1_suspected THEN 'suspected perpetrator' END AS tags,
    CAST(epoch(CAST(l.last_revised_snapshot AS TIMESTAMP)) AS BIGINT) AS "timestamp"
FROM located AS l
LEFT JOIN country AS c ON c.country = l.country;
