-- Runs with foreign keys off (see Schema): frames are copied into a wider table, and the detections that refer to them
-- must neither be in the way nor go with the old one.

ALTER TABLE cameras ADD COLUMN source TEXT CHECK (length(source) > 0);
ALTER TABLE cameras ADD COLUMN fps REAL CHECK (fps > 0);
ALTER TABLE cameras ADD COLUMN sensitivity REAL CHECK (sensitivity BETWEEN 0 AND 1);
-- A list of polygons, each a list of [x, y] in fractions of the picture.
ALTER TABLE cameras ADD COLUMN areas TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(areas));
ALTER TABLE cameras ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));
-- In milliseconds.
ALTER TABLE cameras ADD COLUMN offline_after INTEGER CHECK (offline_after > 0);
-- The row of a deleted camera stays: its folder may still be there, and does not bring it back.
ALTER TABLE cameras ADD COLUMN deleted_at TEXT CHECK (deleted_at GLOB '????-??-??T??:??:??.??????Z');
-- 1 while what a deleted camera has seen is being forgotten, through restarts too.
ALTER TABLE cameras ADD COLUMN forgetting INTEGER NOT NULL DEFAULT 0 CHECK (forgetting IN (0, 1));

-- What was never read has neither a checksum nor a time of its own.
CREATE TABLE frames_wider (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  camera_id   TEXT NOT NULL REFERENCES cameras (id),
  source      TEXT NOT NULL CHECK (source IN ('folder', 'http', 'stream', 'clip')),
  path        TEXT NOT NULL,
  size        INTEGER NOT NULL CHECK (size >= 0),
  modified_at TEXT NOT NULL CHECK (modified_at GLOB '????-??-??T??:??:??.??????Z'),
  sha256      TEXT CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  captured_at TEXT CHECK (captured_at GLOB '????-??-??T??:??:??.??????Z'),
  arrived_at  TEXT NOT NULL CHECK (arrived_at GLOB '????-??-??T??:??:??.??????Z'),
  state       TEXT NOT NULL
              CHECK (state IN ('waiting', 'done', 'seen', 'duplicate', 'rejected', 'vanished', 'set_aside', 'dropped')),
  tries       INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  reason      TEXT NOT NULL DEFAULT '',
  finished_at TEXT CHECK (finished_at GLOB '????-??-??T??:??:??.??????Z'),
  UNIQUE (camera_id, path, size, modified_at),
  CHECK (state NOT IN ('waiting', 'done') OR (sha256 IS NOT NULL AND captured_at IS NOT NULL)),
  CHECK ((state = 'waiting') = (finished_at IS NULL))
) STRICT;

INSERT INTO frames_wider (id, camera_id, source, path, size, modified_at, sha256, captured_at, arrived_at, state, tries,
  reason, finished_at)
SELECT id, camera_id, source, path, size, modified_at, sha256, captured_at, arrived_at, state, tries, reason, finished_at
FROM frames;

-- An id that was given once is not given again, even if its row is gone.
DELETE FROM sqlite_sequence WHERE name = 'frames_wider';
INSERT INTO sqlite_sequence (name, seq) SELECT 'frames_wider', seq FROM sqlite_sequence WHERE name = 'frames';

DROP TABLE frames;
ALTER TABLE frames_wider RENAME TO frames;

CREATE INDEX frames_waiting ON frames (id) WHERE state = 'waiting';
CREATE INDEX frames_done ON frames (camera_id, sha256, arrived_at) WHERE state = 'done';
-- The latest picture of a camera.
CREATE INDEX frames_latest ON frames (camera_id, id) WHERE state = 'done';

-- Nothing that goes is searched for by walking through what stays.
CREATE INDEX detections_of_frame ON detections (frame_id);
CREATE INDEX batches_of_camera ON batches (camera_id, id);

-- Video files from which pictures are taken. Positions and durations in milliseconds from the beginning.
CREATE TABLE clips (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  camera_id    TEXT NOT NULL REFERENCES cameras (id),
  path         TEXT NOT NULL,
  size         INTEGER NOT NULL CHECK (size >= 0),
  modified_at  TEXT NOT NULL CHECK (modified_at GLOB '????-??-??T??:??:??.??????Z'),
  sha256       TEXT CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  duration_ms  INTEGER CHECK (duration_ms >= 0),
  frames_taken INTEGER NOT NULL DEFAULT 0 CHECK (frames_taken >= 0),
  position_ms  INTEGER NOT NULL DEFAULT 0 CHECK (position_ms >= 0),
  state        TEXT NOT NULL CHECK (state IN ('reading', 'done', 'rejected', 'vanished')),
  reason       TEXT NOT NULL DEFAULT '',
  arrived_at   TEXT NOT NULL CHECK (arrived_at GLOB '????-??-??T??:??:??.??????Z'),
  finished_at  TEXT CHECK (finished_at GLOB '????-??-??T??:??:??.??????Z'),
  UNIQUE (camera_id, path, size, modified_at),
  CHECK ((state = 'reading') = (finished_at IS NULL))
) STRICT;

CREATE INDEX clips_reading ON clips (id) WHERE state = 'reading';

-- Foreign keys were off: a reference that leads nowhere fails here, and everything above is undone.
CREATE TABLE broken_references (found INTEGER CHECK (found = 0)) STRICT;
INSERT INTO broken_references SELECT count(*) FROM pragma_foreign_key_check;
DROP TABLE broken_references;
