-- Times are UTC text of one width (2025-12-23T12:00:00.000000Z): they sort as text and any tool can read them.
-- Paths inside the data folder are relative to it, with /, so that the folder may be moved; others are absolute.

CREATE TABLE cameras (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^A-Za-z0-9_-]*'),
  name         TEXT NOT NULL,
  status       TEXT NOT NULL CHECK (status IN ('online', 'offline')),
  last_seen_at TEXT CHECK (last_seen_at GLOB '????-??-??T??:??:??.??????Z'),
  created_at   TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

-- What was never read has neither a checksum nor a time of its own.
CREATE TABLE frames (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  camera_id   TEXT NOT NULL REFERENCES cameras (id),
  source      TEXT NOT NULL CHECK (source IN ('folder', 'http')),
  path        TEXT NOT NULL,
  size        INTEGER NOT NULL CHECK (size >= 0),
  modified_at TEXT NOT NULL CHECK (modified_at GLOB '????-??-??T??:??:??.??????Z'),
  sha256      TEXT CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  captured_at TEXT CHECK (captured_at GLOB '????-??-??T??:??:??.??????Z'),
  arrived_at  TEXT NOT NULL CHECK (arrived_at GLOB '????-??-??T??:??:??.??????Z'),
  state       TEXT NOT NULL
              CHECK (state IN ('waiting', 'done', 'seen', 'duplicate', 'rejected', 'vanished', 'set_aside')),
  tries       INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  reason      TEXT NOT NULL DEFAULT '',
  finished_at TEXT CHECK (finished_at GLOB '????-??-??T??:??:??.??????Z'),
  UNIQUE (camera_id, path, size, modified_at),
  CHECK (state NOT IN ('waiting', 'done') OR (sha256 IS NOT NULL AND captured_at IS NOT NULL)),
  CHECK ((state = 'waiting') = (finished_at IS NULL))
) STRICT;

CREATE INDEX frames_waiting ON frames (id) WHERE state = 'waiting';
CREATE INDEX frames_done ON frames (camera_id, sha256, arrived_at) WHERE state = 'done';

-- A batch is open, then closed, then judged: the third once its event is stored, so that what still waits for
-- judgement is found without walking through years of batches, and stays found right when old events are forgotten.
CREATE TABLE batches (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  camera_id TEXT NOT NULL REFERENCES cameras (id),
  state     TEXT NOT NULL CHECK (state IN ('open', 'closed', 'judged')),
  first_at  TEXT NOT NULL CHECK (first_at GLOB '????-??-??T??:??:??.??????Z'),
  last_at   TEXT NOT NULL CHECK (last_at GLOB '????-??-??T??:??:??.??????Z'),
  closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK (first_at <= last_at),
  CHECK ((state = 'open') = (closed_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX batches_one_open ON batches (camera_id) WHERE state = 'open';
CREATE INDEX batches_unjudged ON batches (id) WHERE state = 'closed';

CREATE TABLE detections (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  frame_id    INTEGER NOT NULL REFERENCES frames (id),
  batch_id    INTEGER NOT NULL REFERENCES batches (id),
  camera_id   TEXT NOT NULL REFERENCES cameras (id),
  object_type TEXT NOT NULL,
  confidence  REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  detected_at TEXT NOT NULL CHECK (detected_at GLOB '????-??-??T??:??:??.??????Z'),
  bbox_x      INTEGER NOT NULL CHECK (bbox_x >= 0),
  bbox_y      INTEGER NOT NULL CHECK (bbox_y >= 0),
  bbox_width  INTEGER NOT NULL CHECK (bbox_width >= 0),
  bbox_height INTEGER NOT NULL CHECK (bbox_height >= 0)
) STRICT;

CREATE INDEX detections_of_batch ON detections (batch_id, detected_at, id);
CREATE INDEX detections_of_camera ON detections (camera_id, id);

CREATE TABLE events (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id   INTEGER NOT NULL UNIQUE REFERENCES batches (id),
  camera_id  TEXT NOT NULL REFERENCES cameras (id),
  risk_score INTEGER NOT NULL CHECK (risk_score BETWEEN 0 AND 100),
  risk_level TEXT NOT NULL CHECK (risk_level IN ('low', 'medium', 'high', 'critical')),
  summary    TEXT NOT NULL,
  reasoning  TEXT NOT NULL,
  started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.??????Z'),
  ended_at   TEXT NOT NULL CHECK (ended_at GLOB '????-??-??T??:??:??.??????Z'),
  analyst    TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK (started_at <= ended_at)
) STRICT;

CREATE INDEX events_of_camera ON events (camera_id, id);

-- Memory in bytes; what was not known is NULL.
CREATE TABLE gpu_stats (
  id              INTEGER PRIMARY KEY,
  gpu_utilization REAL,
  memory_used     INTEGER,
  memory_total    INTEGER,
  temperature     REAL,
  inference_fps   REAL,
  recorded_at     TEXT NOT NULL CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

CREATE INDEX gpu_stats_recorded ON gpu_stats (recorded_at);
