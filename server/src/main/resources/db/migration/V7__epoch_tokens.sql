-- A token of the last start, which the file "epoch" beside the database holds too, and the one that this file held before: a
-- start that is cut short may leave either. A database that was put back knows another. Both are null until the first
-- start with this schema, the previous one until that start has written the file.
ALTER TABLE journal_epoch ADD COLUMN token TEXT CHECK (length(token) > 0);
ALTER TABLE journal_epoch ADD COLUMN previous_token TEXT CHECK (length(previous_token) > 0);
