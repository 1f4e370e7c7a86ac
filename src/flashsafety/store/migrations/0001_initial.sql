-- The whole model. Instants are milliseconds UTC, study days are days since 1970-01-01 on the
-- learner's calendar, intervals are seconds.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- the bank as last read ------------------------------------------------------------------

CREATE TABLE module (
  slug          TEXT PRIMARY KEY,
  number        INTEGER NOT NULL,
  title         TEXT NOT NULL,
  section       TEXT NOT NULL,
  section_title TEXT NOT NULL,
  optional      INTEGER NOT NULL CHECK (optional IN (0, 1)),
  lecture       TEXT,
  prerequisites TEXT NOT NULL,           -- JSON list of module slugs
  started       INTEGER NOT NULL DEFAULT 0 CHECK (started IN (0, 1))  -- cache of the start actions
) STRICT, WITHOUT ROWID;

CREATE TABLE topic (
  module   TEXT NOT NULL,
  slug     TEXT NOT NULL,
  title    TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (module, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  key     TEXT PRIMARY KEY,
  title   TEXT NOT NULL,
  authors TEXT,
  year    INTEGER,
  url     TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
  path     TEXT PRIMARY KEY,             -- as the bank names it
  root     INTEGER NOT NULL,
  size     INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  hash     TEXT NOT NULL,                -- of its bytes; empty while the file has problems
  problems INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id            TEXT PRIMARY KEY,
  type          TEXT NOT NULL,
  module        TEXT NOT NULL,
  topics        TEXT NOT NULL,           -- JSON list of topic slugs
  tags          TEXT NOT NULL,           -- JSON list
  prerequisites TEXT NOT NULL,           -- JSON list of note ids
  content       TEXT NOT NULL,           -- JSON of the whole note
  fingerprint   TEXT NOT NULL,
  file          TEXT NOT NULL,
  line          INTEGER NOT NULL,
  retired_at    INTEGER                  -- set while the note is not in the bank; never deleted
) STRICT;
CREATE INDEX note_file ON note (file);
CREATE INDEX note_waiting ON note (id) WHERE prerequisites <> '[]';

-- What happened to notes that the learner knew; shown once on the card.
CREATE TABLE change (
  id      INTEGER PRIMARY KEY,
  note    TEXT NOT NULL REFERENCES note (id),
  kind    TEXT NOT NULL CHECK (kind IN ('reworded', 'meaning changed')),
  at      INTEGER NOT NULL,
  was     TEXT NOT NULL,                 -- JSON of the note before
  seen_at INTEGER
) STRICT;
CREATE INDEX change_unseen ON change (note) WHERE seen_at IS NULL;

-- ---- scheduling state: a cache, rebuildable from review and action --------------------------

CREATE TABLE card (
  id           INTEGER PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE,     -- note-id/facet
  note         TEXT NOT NULL,            -- no foreign key: a log may know cards that no bank holds
  module       TEXT NOT NULL DEFAULT '', -- the note's, kept here so that the queue reads one table
  position     TEXT NOT NULL DEFAULT '', -- file, line and facet: sorts in study order in a module
  active       INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0, 1)),
  phase        INTEGER NOT NULL DEFAULT 0 CHECK (phase BETWEEN 0 AND 3),
  step         INTEGER,
  stability    REAL CHECK (stability > 0),
  difficulty   REAL CHECK (difficulty BETWEEN 1 AND 10),
  due_at       INTEGER,
  due_day      INTEGER,
  interval     INTEGER NOT NULL DEFAULT 0 CHECK (interval >= 0),
  last_at      INTEGER,
  last_day     INTEGER,
  reps         INTEGER NOT NULL DEFAULT 0 CHECK (reps >= 0),
  lapses       INTEGER NOT NULL DEFAULT 0 CHECK (lapses >= 0),
  suspended    INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
  buried_until INTEGER,
  flag         TEXT,
  CHECK ((phase IN (1, 3)) = (due_at IS NOT NULL)),
  CHECK ((phase = 2) = (due_day IS NOT NULL)),
  CHECK ((stability IS NULL) = (difficulty IS NULL))
) STRICT;
CREATE INDEX card_note ON card (note);
CREATE INDEX card_learning ON card (due_at) WHERE active = 1 AND suspended = 0 AND phase IN (1, 3);
CREATE INDEX card_review ON card (due_day) WHERE active = 1 AND suspended = 0 AND phase = 2;
CREATE INDEX card_new ON card (module, position) WHERE active = 1 AND suspended = 0 AND phase = 0;
CREATE INDEX card_met ON card (last_day, note, key) WHERE last_day IS NOT NULL;

-- ---- the truth: append-only ------------------------------------------------------------------

CREATE TABLE parameters (
  id                INTEGER PRIMARY KEY,
  weights           TEXT NOT NULL,       -- JSON list of 21 numbers
  desired_retention REAL NOT NULL,
  learning_steps    TEXT NOT NULL,       -- JSON list of seconds
  relearning_steps  TEXT NOT NULL,       -- JSON list of seconds
  maximum_interval  INTEGER NOT NULL,    -- days
  made_at           INTEGER NOT NULL,
  made_from         TEXT NOT NULL
) STRICT;

CREATE TABLE device (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Ids are UUIDv7 and order the log. Clustered by card, so that a card's log is one range and a
-- rebuild is one pass.
CREATE TABLE review (
  card        INTEGER NOT NULL REFERENCES card (id),
  id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  rating      INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
  reviewed_at INTEGER NOT NULL,
  utc_offset  INTEGER NOT NULL,          -- seconds east of UTC
  study_day   INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
  phase       INTEGER NOT NULL CHECK (phase BETWEEN 0 AND 3),
  interval    INTEGER NOT NULL CHECK (interval >= 0),
  fuzz        INTEGER NOT NULL,          -- days
  parameters  INTEGER NOT NULL REFERENCES parameters (id),
  device      INTEGER NOT NULL REFERENCES device (id),
  origin      TEXT NOT NULL CHECK (origin IN ('review', 'cram', 'anki', 'import')),
  undone_at   INTEGER,
  PRIMARY KEY (card, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_day ON review (study_day, id) WHERE undone_at IS NULL;

CREATE TABLE action (
  id         BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind       TEXT NOT NULL CHECK (kind IN (
               'suspend', 'unsuspend', 'bury', 'unbury', 'flag', 'unflag', 'reset', 'set-due',
               'start')),
  card       INTEGER REFERENCES card (id),
  module     TEXT,
  value      TEXT,
  at         INTEGER NOT NULL,
  utc_offset INTEGER NOT NULL,
  study_day  INTEGER NOT NULL,
  device     INTEGER NOT NULL REFERENCES device (id),
  undone_at  INTEGER,
  CHECK ((kind = 'start') = (module IS NOT NULL)),
  CHECK ((kind = 'start') = (card IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX action_card ON action (card);
CREATE INDEX action_day ON action (study_day, id) WHERE undone_at IS NULL;
