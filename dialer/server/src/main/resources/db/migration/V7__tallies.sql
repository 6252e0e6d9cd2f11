-- How often something happened, compared with a limit and forgotten after a time.
CREATE TABLE tallies (
    account    VARCHAR(64) NOT NULL,
    name       VARCHAR(512) NOT NULL,
    reached    BIGINT NOT NULL,
    begun_ms   BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    PRIMARY KEY (account, name)
);
CREATE INDEX tallies_by_time ON tallies (expires_ms);
