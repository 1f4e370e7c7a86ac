-- Which of very many due reviews come first is told from one index, without their rows.

DROP INDEX card_review;
CREATE INDEX card_review
  ON card (due_day, type, phase, suspended, active, buried_until, last_day, stability, interval)
  WHERE active = 1 AND suspended = 0 AND phase = 2;
