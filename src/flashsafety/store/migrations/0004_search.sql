-- What cards are found by. All of it follows from the notes: a cache, made again by rebuild.

-- The folded texts of a card's note, one a line.
CREATE TABLE card_text (
  card INTEGER PRIMARY KEY REFERENCES card (id),
  text TEXT NOT NULL
) STRICT;

-- Every three letters in a row of them, so that any part of a word is found. A trigger may not
-- write to it (trusted_schema is off); the store does.
CREATE VIRTUAL TABLE card_trigram USING fts5 (
  text, content = 'card_text', content_rowid = 'card', tokenize = 'trigram case_sensitive 1'
);

-- The names by which a card's note is chosen.
CREATE TABLE card_name (
  kind  TEXT NOT NULL CHECK (kind IN ('source', 'tag', 'topic', 'type')),
  value TEXT NOT NULL,
  card  INTEGER NOT NULL REFERENCES card (id),
  PRIMARY KEY (kind, value, card)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_name_card ON card_name (card);

-- Notes that were written since; whoever searches takes them in first.
CREATE TABLE unsearched (
  note TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO unsearched SELECT id FROM note WHERE retired_at IS NULL;

-- Study order, for a list of all cards that is read from its top.
CREATE INDEX card_order ON card (position) WHERE active = 1;

-- Actions that were one act on many cards, from the first id to the last; undo takes all of them.
CREATE TABLE bulk (
  last  BLOB PRIMARY KEY CHECK (length(last) = 16),
  first BLOB NOT NULL CHECK (length(first) = 16)
) STRICT, WITHOUT ROWID;
