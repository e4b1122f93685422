-- The messages of /ws/events by their numbers: 1 and up without a gap, of which the oldest are forgotten. The camera is
-- no foreign key: what was told of a camera stays told, and a row taken out of the middle would be a gap.
CREATE TABLE journal (
  seq        INTEGER PRIMARY KEY CHECK (seq > 0),
  type       TEXT NOT NULL,
  ref        INTEGER NOT NULL,
  camera_id  TEXT NOT NULL,
  risk_score INTEGER CHECK (risk_score BETWEEN 0 AND 100),
  message    TEXT NOT NULL,
  written_at TEXT NOT NULL CHECK (written_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

-- One row, made when the journal is first opened. The last number given is kept here, so that numbers never go back
-- when every message has been forgotten.
CREATE TABLE journal_epoch (
  number   INTEGER PRIMARY KEY CHECK (number = 1),
  epoch    TEXT NOT NULL CHECK (length(epoch) > 0 AND epoch NOT GLOB '*[^A-Za-z0-9]*'),
  last_seq INTEGER NOT NULL CHECK (last_seq >= 0)
) STRICT;
