-- Where do the sources disagree about the dead?
-- أين تختلف المصادر على عدد القتلى؟
SELECT event_date, place, action_en, deaths_low, deaths_best, deaths_high, disagreement, n_independent_sources
FROM events
WHERE disagreement > 0
ORDER BY disagreement DESC, event_date, place
