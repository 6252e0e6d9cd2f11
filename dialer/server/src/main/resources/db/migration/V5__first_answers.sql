-- What was answered to a request under a key of its asker's, to be answered again. Without one the thing itself is shown as it stands.
ALTER TABLE idempotency ADD COLUMN reply VARCHAR;
