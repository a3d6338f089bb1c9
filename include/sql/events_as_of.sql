-- What was known at the end of a day: per event the highest revision up to then, if it still stood. SELECT * FROM events_as_of(DATE '2024-03-13')
CREATE OR REPLACE MACRO events_as_of(day) AS TABLE
SELECT * EXCLUDE (is_last)
FROM (
    SELECT *, revision = max(revision) OVER (PARTITION BY event_id) AS is_last
    FROM event_revisions
    WHERE snapshot_date <= day
)
WHERE is_last AND change NOT IN ('merged', 'retracted');
