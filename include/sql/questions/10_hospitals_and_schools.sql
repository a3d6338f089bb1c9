-- Which hits on hospitals, schools, camps, markets and places of worship are reported, and by whom?
-- أي ضربات على مستشفيات ومدارس ومخيمات وأسواق ودور عبادة وردت، ومَن رواها؟
SELECT e.event_date, e.place, e.action_en, hit.kind, e.deaths_best, string_agg(DISTINCT c.publisher, '; ' ORDER BY c.publisher) AS publishers
FROM claims AS c
CROSS JOIN unnest(string_split(c.infrastructure, '; ')) AS hit (kind)
JOIN events AS e USING (event_id)
WHERE e.event_type IN ('Battles', 'Explosions/Remote violence', 'Violence against civilians')
GROUP BY e.event_id, e.event_date, e.place, e.action_en, hit.kind, e.deaths_best
ORDER BY e.event_date, e.place, hit.kind
