-- Dialogs of calls that are answered: what ends them by BYE where their process is gone. They take the place of a column that nobody read.
CREATE TABLE dialogs (
    call_id VARCHAR(1024) PRIMARY KEY,
    node    VARCHAR(64) NOT NULL,
    dialog  VARCHAR NOT NULL,
    at_ms   BIGINT NOT NULL
);
CREATE INDEX dialogs_node ON dialogs (node);
ALTER TABLE calls DROP COLUMN dialog;
