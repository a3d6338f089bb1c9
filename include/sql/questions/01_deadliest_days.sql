-- On which days were most people killed, and how sure is the number?
-- في أي الأيام سقط أكبر عدد من القتلى، وما مدى دقة الرقم؟
SELECT event_date, sum(events) AS events, sum(deaths_low) AS deaths_low, sum(deaths_best) AS deaths_best, sum(deaths_high) AS deaths_high,
    sum(n_open_high) AS open_ended, sum(n_vague) AS in_words_only
FROM daily_summary
GROUP BY event_date
HAVING sum(deaths_best) > 0
ORDER BY deaths_best DESC, event_date
LIMIT 10
