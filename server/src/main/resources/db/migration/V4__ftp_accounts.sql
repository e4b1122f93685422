-- Who may upload by FTP: the user name is the camera's id. A camera that goes takes its account along.
CREATE TABLE ftp_accounts (
  camera_id     TEXT PRIMARY KEY REFERENCES cameras (id) ON DELETE CASCADE,
  password_hash TEXT NOT NULL CHECK (length(password_hash) > 0),
  created_at    TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
