-- What the learner answered, where the program saw it. Beside the log and like it: append-only, and
-- an undone rating keeps its row. No state of a card comes from it.
CREATE TABLE given (
  review  BLOB PRIMARY KEY               -- the rating that it led to
          REFERENCES review (id) CHECK (length(review) = 16),
  answer  TEXT NOT NULL,                 -- JSON, as answer.given: words, or a list of indexes of
                                         -- options or items as the note counts them
  wording TEXT NOT NULL                  -- the note's fingerprint then: an edit may reorder options
) STRICT, WITHOUT ROWID;
