-- What people say of a camera's scene.
ALTER TABLE cameras ADD COLUMN place TEXT CHECK (length(place) > 0);
ALTER TABLE cameras ADD COLUMN scene TEXT CHECK (scene IN ('street', 'driveway', 'entrance', 'garden', 'indoors'));
ALTER TABLE cameras ADD COLUMN normal TEXT CHECK (length(normal) > 0);

-- What an event is about; of older events it is found out below.
ALTER TABLE events ADD COLUMN subject TEXT CHECK (subject IN ('person', 'vehicle', 'animal'));
ALTER TABLE events ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0 CHECK (reviewed IN (0, 1));
ALTER TABLE events ADD COLUMN verdict TEXT CHECK (verdict IN ('right', 'false_alarm', 'missed'));
ALTER TABLE events ADD COLUMN notes TEXT NOT NULL DEFAULT '';

UPDATE events SET subject = (
  SELECT CASE
      WHEN sum(object_type = 'person') > 0 THEN 'person'
      WHEN sum(object_type IN ('car', 'truck', 'bus', 'motorcycle', 'bicycle')) > 0 THEN 'vehicle'
      ELSE 'animal' END
  FROM detections WHERE batch_id = events.batch_id);

CREATE INDEX events_of_camera_in_time ON events (camera_id, started_at);

-- How verdicts came about, in the order in which somebody was asked. A failure is one that gave no verdict.
CREATE TABLE analyses (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id          INTEGER NOT NULL REFERENCES batches (id),
  analyst           TEXT NOT NULL,
  started_at        TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.??????Z'),
  took_ms           INTEGER NOT NULL CHECK (took_ms >= 0),
  -- A list of {"request": …, "answer": …}.
  exchanges         TEXT NOT NULL CHECK (json_valid(exchanges)),
  -- A list of the detections whose pictures were sent along.
  pictures          TEXT NOT NULL CHECK (json_valid(pictures)),
  prompt_tokens     INTEGER CHECK (prompt_tokens >= 0),
  completion_tokens INTEGER CHECK (completion_tokens >= 0),
  failure           TEXT
) STRICT;

CREATE INDEX analyses_of_batch ON analyses (batch_id, id);

-- Batches that were judged without the language model and are to be put before it: waiting, or set aside after their tries.
CREATE TABLE reanalyses (
  batch_id INTEGER PRIMARY KEY REFERENCES batches (id),
  state    TEXT NOT NULL CHECK (state IN ('waiting', 'set_aside')),
  tries    INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  since    TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

CREATE INDEX reanalyses_waiting ON reanalyses (batch_id) WHERE state = 'waiting';
