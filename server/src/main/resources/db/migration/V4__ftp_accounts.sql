-- Who may upload by FTP: the user name is the camera's id. That of a deleted camera is not looked at.
CREATE TABLE ftp_accounts (
  camera_id     TEXT PRIMARY KEY REFERENCES cameras (id),
  password_hash TEXT NOT NULL CHECK (length(password_hash) > 0),
  created_at    TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
