-- Several devices that keep one log by way of a shared folder.

-- Where, and how this database left the file that it appends to. No row: nothing is shared.
CREATE TABLE folder (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  path    TEXT NOT NULL,
  name    TEXT NOT NULL,                 -- of this database's own folder in it
  segment INTEGER NOT NULL CHECK (segment > 0),
  size    INTEGER NOT NULL CHECK (size >= 0)
) STRICT;

-- How far the files of others, by their paths in the folder, were taken in: bytes.
CREATE TABLE folder_file (
  path TEXT PRIMARY KEY,
  read INTEGER NOT NULL CHECK (read >= 0)
) STRICT, WITHOUT ROWID;

-- The settings as all devices last agreed on them; an empty value is the default.
CREATE TABLE folder_setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows that are yet to be written there. Triggers fill it, so that no way into the log can be
-- forgotten; what was taken in from others is taken out again in the same transaction. Of an exam
-- all of it goes out anew when anything of it changed.
CREATE TABLE outbox (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name IN ('review', 'action', 'parameters', 'attempt')),
  key  TEXT NOT NULL                     -- the row's id: hexadecimal, or the number of a set
) STRICT;

CREATE TRIGGER outbox_review AFTER INSERT ON review
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('review', hex(NEW.id));
END;

CREATE TRIGGER outbox_review_undone AFTER UPDATE OF undone_at ON review
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('review', hex(NEW.id));
END;

CREATE TRIGGER outbox_action AFTER INSERT ON action
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('action', hex(NEW.id));
END;

CREATE TRIGGER outbox_action_undone AFTER UPDATE OF undone_at ON action
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('action', hex(NEW.id));
END;

CREATE TRIGGER outbox_parameters AFTER INSERT ON parameters
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('parameters', NEW.id);
END;

CREATE TRIGGER outbox_attempt AFTER INSERT ON attempt
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('attempt', hex(NEW.id));
END;

CREATE TRIGGER outbox_attempt_handed_in AFTER UPDATE OF handed_in_at ON attempt
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('attempt', hex(NEW.id));
END;

CREATE TRIGGER outbox_answer AFTER INSERT ON answer
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('attempt', hex(NEW.attempt));
END;
