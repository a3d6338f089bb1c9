-- Which outlets gave nothing on a day: is it quiet there, or was nothing read?
-- أي المنابر لم تقدّم شيئاً في يوم ما: أهدوء هو أم أن شيئاً لم يُقرأ؟
SELECT d.publisher, s.day AS snapshot_date, coalesce(c.articles_expected, 0) AS expected, coalesce(c.articles_quarantined, 0) AS quarantined
FROM dim_publisher AS d
CROSS JOIN (SELECT DISTINCT snapshot_date AS day FROM source_coverage) AS s
LEFT JOIN source_coverage AS c ON c.publisher = d.publisher AND c.snapshot_date = s.day
WHERE coalesce(c.articles_read, 0) = 0
ORDER BY d.publisher, s.day
