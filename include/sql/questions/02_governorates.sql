-- Which governorates see most political violence?
-- أي المحافظات تشهد أكثر أعمال العنف السياسي؟
SELECT country, admin1_en, sum(events) AS events, sum(deaths_best) AS deaths_best
FROM daily_summary
WHERE event_type IN ('Battles', 'Explosions/Remote violence', 'Violence against civilians')
GROUP BY country, admin1_en
HAVING sum(events) > 0
ORDER BY events DESC, country, admin1_en
LIMIT 10
