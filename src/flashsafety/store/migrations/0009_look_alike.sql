-- Notes that a learner may take for each other. All of it follows from the notes: a cache, made
-- again by rebuild.

-- Each pair stands here twice, so that either leads to the other.
CREATE TABLE look_alike (
  note     TEXT NOT NULL,
  other    TEXT NOT NULL,
  likeness REAL NOT NULL,                -- share of telling words in common, 0 to 1
  PRIMARY KEY (note, other)
) STRICT, WITHOUT ROWID;

-- By what they are found: the telling words of a note, sorted, with blanks between them; and which
-- notes have a word, unless so many do that it tells nothing.
CREATE TABLE telling (
  note  TEXT PRIMARY KEY,
  words TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE telling_word (
  word TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (word, note)
) STRICT, WITHOUT ROWID;

-- Notes that were written since; sync compares them once they are.
CREATE TABLE uncompared (
  note TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO uncompared SELECT id FROM note WHERE retired_at IS NULL;
