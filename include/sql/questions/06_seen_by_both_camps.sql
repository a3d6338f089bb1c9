-- Which events do outlets of different camps report?
-- أي الأحداث ترويها منابر من توجّهات مختلفة؟
SELECT event_date, place, action_en, n_camps, n_publishers, publishers
FROM events
WHERE n_camps > 1
ORDER BY n_camps DESC, event_date, place
