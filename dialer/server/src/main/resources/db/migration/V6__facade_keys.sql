-- User names and secrets of clients of APIs that are answered as other systems do. A row that is deleted is gone: its name may be given again.
CREATE TABLE facade_keys (
    id         VARCHAR(64) PRIMARY KEY,
    facade     VARCHAR(32) NOT NULL,
    name       VARCHAR(255) NOT NULL,
    account    VARCHAR(64) NOT NULL,
    hash       VARCHAR(255) NOT NULL,
    created_ms BIGINT NOT NULL,
    CONSTRAINT facade_keys_name UNIQUE (facade, name)
);
CREATE INDEX facade_keys_hash ON facade_keys (facade, hash);
CREATE INDEX facade_keys_listed ON facade_keys (account, created_ms, id);
