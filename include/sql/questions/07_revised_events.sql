-- Which events changed after they were first published, when, and why?
-- أي الأحداث تغيّرت بعد نشرها أول مرة، ومتى، ولماذا؟
SELECT event_id, revision, snapshot_date, change, deaths_best, reason
FROM event_revisions
WHERE revision > 1
ORDER BY snapshot_date, event_id, revision
