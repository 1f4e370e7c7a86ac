-- What a learner decided about the days to come. Append-only: the newest row of a kind that is not
-- undone counts, from its study day on. Nothing of a card follows from it, so a rebuild needs none.

CREATE TABLE plan (
  id         BLOB PRIMARY KEY CHECK (length(id) = 16),   -- UUIDv7
  kind       TEXT NOT NULL CHECK (kind IN ('pause', 'return', 'ready')),
  ends       INTEGER CHECK (ends > study_day),  -- first study day on which it no longer holds;
                                         -- none: from its own day on nothing of its kind holds
  reviews    INTEGER CHECK (reviews > 0),  -- return: the most a day; none: as many as are due
  sorted     TEXT,                       -- return: the order of reviews; none: as ever
  backlog    INTEGER CHECK (backlog > 0),  -- return: reviews that were due when it was chosen
  modules    TEXT,                       -- ready: JSON list of slugs
  target     REAL CHECK (target BETWEEN 0 AND 1),  -- ready: mean chance of recall on the last day
  peak       REAL CHECK (peak BETWEEN 0 AND 1),    -- ready: desired retention that it rises to
  at         INTEGER NOT NULL,
  study_day  INTEGER NOT NULL,
  device     INTEGER NOT NULL REFERENCES device (id),
  undone_at  INTEGER,
  CHECK ((kind = 'return' AND ends IS NOT NULL) = (backlog IS NOT NULL)),
  CHECK ((kind = 'ready' AND ends IS NOT NULL) = (modules IS NOT NULL)),
  CHECK ((modules IS NULL) = (target IS NULL) AND (modules IS NULL) = (peak IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_day ON plan (study_day, id) WHERE undone_at IS NULL;

-- Other devices are told of plans as they are of actions: no two rows share an id, so the outbox
-- needs no name for them.
CREATE TRIGGER outbox_plan AFTER INSERT ON plan
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('action', hex(NEW.id));
END;

CREATE TRIGGER outbox_plan_undone AFTER UPDATE OF undone_at ON plan
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
  INSERT INTO outbox (name, key) VALUES ('action', hex(NEW.id));
END;
