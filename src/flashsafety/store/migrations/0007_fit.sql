-- What weights were fitted to and what the like were worth on later reviews, as JSON: see
-- store/sets.py. Null of a set that was not fitted. With the set, so that it goes where the set goes.

ALTER TABLE parameters ADD COLUMN fit TEXT;
