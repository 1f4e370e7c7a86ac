-- How far a file of the shared folder was read, and a sum over what stands before that place: another
-- file may come by the same name. What was read before is read once more.
DELETE FROM folder_file;
ALTER TABLE folder_file ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
