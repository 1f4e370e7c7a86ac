-- Practice exams. They stand beside scheduling and never touch it: no rating and no state of a card
-- comes from them, so undo, rebuild and statistics know nothing of them.

-- One exam, as it was drawn. Open until it is handed in; never edited but for that.
CREATE TABLE attempt (
  id           BLOB PRIMARY KEY CHECK (length(id) = 16),  -- UUIDv7, so that ids order attempts
  modules      TEXT NOT NULL,            -- JSON list of the slugs of the modules drawn from
  seconds      INTEGER CHECK (seconds > 0),  -- time for answering, from begun_at; none: no limit
  begun_at     INTEGER NOT NULL,
  utc_offset   INTEGER NOT NULL,         -- seconds east of UTC
  study_day    INTEGER NOT NULL,
  device       INTEGER NOT NULL REFERENCES device (id),
  handed_in_at INTEGER                   -- no answer is taken from then on, only judgements
) STRICT, WITHOUT ROWID;

-- The questions of an exam, in the order asked.
CREATE TABLE attempt_card (
  attempt BLOB NOT NULL REFERENCES attempt (id),
  place   INTEGER NOT NULL CHECK (place >= 0),
  card    INTEGER NOT NULL REFERENCES card (id),
  topic   TEXT NOT NULL,                 -- slug: what it was drawn for and counts for
  PRIMARY KEY (attempt, place)
) STRICT, WITHOUT ROWID;

-- What became of a question. Append-only: an answer that is changed or judged is another row, and
-- the newest one, of the highest number, counts.
CREATE TABLE answer (
  attempt BLOB NOT NULL,
  place   INTEGER NOT NULL,
  number  INTEGER NOT NULL CHECK (number > 0),
  at      INTEGER NOT NULL,
  given   TEXT NOT NULL,                 -- JSON: words, or a list of indexes of options or items
                                         -- as the note counts them; null when left open
  ticked  TEXT,                          -- JSON list of indexes of points that the learner ticked;
                                         -- none where the program judges, or nobody has yet
  score   REAL CHECK (score BETWEEN 0 AND 1),  -- none until it is judged
  PRIMARY KEY (attempt, place, number),
  FOREIGN KEY (attempt, place) REFERENCES attempt_card (attempt, place)
) STRICT, WITHOUT ROWID;

-- Finds what an exam may ask without reading every note. By the text, for SQLite may refuse JSON
-- functions in an index; quotes inside a value are escaped there, so nothing else reads like this.
CREATE INDEX note_exam ON note (module, id)
  WHERE instr(content, '"exam":true') > 0 AND retired_at IS NULL;
