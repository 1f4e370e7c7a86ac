-- The load of coming days is told by the types of the cards due on them, from one index.

ALTER TABLE card ADD COLUMN type TEXT NOT NULL DEFAULT '';  -- the note's, as module is
UPDATE card SET type = ifnull((SELECT type FROM note WHERE note.id = card.note), '');
DROP INDEX card_review;
CREATE INDEX card_review ON card (due_day, type, phase, suspended, active)  -- covers, so no row is read
  WHERE active = 1 AND suspended = 0 AND phase = 2;
