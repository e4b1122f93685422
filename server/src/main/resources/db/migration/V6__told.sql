-- The highest score of an event that clients were told of so far; -1 before it is first told. Every event of before was
-- told, with the score of each of its messages.
ALTER TABLE events ADD COLUMN told INTEGER NOT NULL DEFAULT -1 CHECK (told BETWEEN -1 AND 100);

UPDATE events SET told = risk_score;
UPDATE events SET told = max(told, of_event.score)
FROM (SELECT ref, max(risk_score) AS score FROM journal WHERE risk_score IS NOT NULL GROUP BY ref) AS of_event
WHERE of_event.ref = events.id;

-- A change of an event is one row with two texts: message is the new_event, updated the event_updated. Which of them a
-- client gets follows from its filter and these columns. The event's value before this change; NULL for what is no event.
ALTER TABLE journal ADD COLUMN told INTEGER CHECK (told BETWEEN -1 AND 100);
-- NULL for the first message of an event, of which nobody can have heard.
ALTER TABLE journal ADD COLUMN updated TEXT;
-- 1 when the level of the score is higher than that of told.
ALTER TABLE journal ADD COLUMN rose INTEGER NOT NULL DEFAULT 0 CHECK (rose IN (0, 1));
-- 1 when nobody is to get the new_event any more.
ALTER TABLE journal ADD COLUMN late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1));

UPDATE journal SET told = -1 WHERE type = 'new_event';

-- An event_updated of before has that text alone, and nobody gets it as new_event: it counts as late. What was told
-- before it is what older rows say; when they are forgotten, no more than its own score is known.
UPDATE journal SET updated = message, late = 1, told = coalesce(earlier.score, journal.risk_score, 0)
FROM (SELECT seq, max(risk_score) OVER (PARTITION BY ref ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS score
  FROM journal WHERE type IN ('new_event', 'event_updated')) AS earlier
WHERE earlier.seq = journal.seq AND journal.type = 'event_updated';
