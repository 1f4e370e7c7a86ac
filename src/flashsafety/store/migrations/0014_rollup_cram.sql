-- Taking back a crammed rating changes no sum, as making one does not.
DROP TRIGGER rollup_undone;
CREATE TRIGGER rollup_undone AFTER UPDATE OF undone_at ON review WHEN NEW.origin <> 'cram' BEGIN
  INSERT OR IGNORE INTO rollup_change SELECT day FROM
    (SELECT min(study_day) AS day FROM review WHERE card = NEW.card AND id >= NEW.id)
    WHERE day <= (SELECT watched FROM rollup_mark);
END;
