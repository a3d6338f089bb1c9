-- Who is reported to have struck civilians, how often, and how often is it only suspected?
-- مَن نُسب إليه استهداف المدنيين، وكم مرة، وكم مرة بالاشتباه فقط؟
SELECT d.name_en AS actor, d.name_ar, count(*) AS events, count(*) FILTER (WHERE a.suspected) AS suspected, sum(e.deaths_civilians) AS civilians_killed
FROM event_actors AS a
JOIN dim_actor AS d USING (actor_id)
JOIN events AS e USING (event_id)
WHERE a.role = 'actor1'
    AND NOT e.is_aggregate
    AND e.event_id IN (SELECT event_id FROM event_actors AS v JOIN dim_actor AS c USING (actor_id) WHERE v.role = 'actor2' AND c.actor_class = 'Civilians')
GROUP BY d.actor_id, d.name_en, d.name_ar
ORDER BY events DESC, actor
