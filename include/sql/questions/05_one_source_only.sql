-- Which deadly events rest on a single source?
-- أي الأحداث الدامية لا يرويها إلا مصدر واحد؟
SELECT event_date, place, admin1_en, action_en, deaths_best, sources
FROM events
WHERE n_independent_sources = 1 AND NOT is_aggregate AND coalesce(deaths_best, deaths_low) > 0
ORDER BY deaths_best DESC NULLS LAST, event_date, place
LIMIT 10
