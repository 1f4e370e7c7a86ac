-- What one changed file is compared with, and how many notes there are, without reading the notes;
-- retired_at is in it for SQLite reads a row to test a condition that the index implies.
CREATE INDEX note_place ON note (id, file, line, retired_at) WHERE retired_at IS NULL;
