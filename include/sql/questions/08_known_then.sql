-- What was known at the end of the first published day, and what is known of the same days now?
-- ماذا كان معروفاً في نهاية أول يوم منشور، وماذا يُعرف عن الأيام نفسها الآن؟
WITH first_day AS (SELECT min(snapshot_date) AS day FROM event_revisions)
SELECT 'then' AS known, count(*) AS events, sum(deaths_best) AS deaths_best
FROM events_as_of((SELECT day FROM first_day))
WHERE event_date <= (SELECT day FROM first_day) AND NOT is_aggregate
UNION ALL
SELECT 'now', count(*), sum(deaths_best)
FROM events
WHERE event_date <= (SELECT day FROM first_day) AND NOT is_aggregate
ORDER BY known DESC
