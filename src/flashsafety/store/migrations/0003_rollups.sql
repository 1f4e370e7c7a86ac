-- Sums over the log by study day, so that statistics need not read it whole. A cache: filled when
-- statistics are asked for, and computed anew from review and action at any time.

CREATE TABLE rollup_mark (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  weights TEXT NOT NULL,                 -- JSON; recall was predicted under these
  filled  INTEGER NOT NULL,              -- study day up to which the sums are there
  watched INTEGER NOT NULL,              -- study day up to which changes to the log are noted
  claims  INTEGER NOT NULL               -- grows with each that sets about filling them
) STRICT;

-- The first days whose sums are no longer right.
CREATE TABLE rollup_change (study_day INTEGER PRIMARY KEY) STRICT;

CREATE TABLE rollup_stage (
  study_day   INTEGER NOT NULL,
  stage       INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 4), -- phase before; 4 is mature review
  again       INTEGER NOT NULL,
  hard        INTEGER NOT NULL,
  good        INTEGER NOT NULL,
  easy        INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  squares     INTEGER NOT NULL,          -- of milliseconds
  PRIMARY KEY (study_day, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_hour (
  hour      INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  study_day INTEGER NOT NULL,
  reviews   INTEGER NOT NULL,            -- here and below: ratings in the review phase
  recalled  INTEGER NOT NULL,
  PRIMARY KEY (hour, study_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_module (
  module    TEXT NOT NULL,
  study_day INTEGER NOT NULL,
  reviews   INTEGER NOT NULL,
  recalled  INTEGER NOT NULL,
  PRIMARY KEY (module, study_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_recall (
  cell      INTEGER NOT NULL,            -- predicted recall in steps of 0.005
  study_day INTEGER NOT NULL,
  reviews   INTEGER NOT NULL,
  recalled  INTEGER NOT NULL,
  predicted REAL NOT NULL,               -- sums over the reviews
  log_loss  REAL NOT NULL,
  brier     REAL NOT NULL,
  PRIMARY KEY (cell, study_day)
) STRICT, WITHOUT ROWID;

-- What happens to a card changes nothing before it, and all that is summed of the card after it.
-- Triggers, so that no way into the log can be forgotten; an answer on a new day is none of them
-- and costs one look at the mark.

CREATE TRIGGER rollup_added AFTER INSERT ON review WHEN NEW.origin <> 'cram' BEGIN
  INSERT OR IGNORE INTO rollup_change SELECT day FROM
    (SELECT min(study_day) AS day FROM review WHERE card = NEW.card AND id >= NEW.id)
    WHERE day <= (SELECT watched FROM rollup_mark);
END;

CREATE TRIGGER rollup_undone AFTER UPDATE OF undone_at ON review BEGIN
  INSERT OR IGNORE INTO rollup_change SELECT day FROM
    (SELECT min(study_day) AS day FROM review WHERE card = NEW.card AND id >= NEW.id)
    WHERE day <= (SELECT watched FROM rollup_mark);
END;

CREATE TRIGGER rollup_reset AFTER INSERT ON action WHEN NEW.kind = 'reset' BEGIN
  INSERT OR IGNORE INTO rollup_change SELECT day FROM
    (SELECT min(study_day) AS day FROM review WHERE card = NEW.card AND id >= NEW.id)
    WHERE day <= (SELECT watched FROM rollup_mark);
END;

CREATE TRIGGER rollup_reset_undone AFTER UPDATE OF undone_at ON action WHEN NEW.kind = 'reset' BEGIN
  INSERT OR IGNORE INTO rollup_change SELECT day FROM
    (SELECT min(study_day) AS day FROM review WHERE card = NEW.card AND id >= NEW.id)
    WHERE day <= (SELECT watched FROM rollup_mark);
END;

CREATE TRIGGER rollup_moved AFTER UPDATE OF module ON card WHEN NEW.module <> OLD.module BEGIN
  INSERT OR IGNORE INTO rollup_change SELECT day FROM
    (SELECT min(study_day) AS day FROM review WHERE card = NEW.id)
    WHERE day <= (SELECT watched FROM rollup_mark);
END;
