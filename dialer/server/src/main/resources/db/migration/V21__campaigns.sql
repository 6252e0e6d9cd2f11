-- Campaigns. Each of their numbers is a call; one that waits is held (calls.node is 'campaign') until it is let into the queue.
CREATE TABLE campaigns (
    id              VARCHAR(64) PRIMARY KEY,
    account         VARCHAR(64) NOT NULL,
    name            VARCHAR(255) NOT NULL,
    state           VARCHAR(16) NOT NULL,
    body            VARCHAR NOT NULL,
    row_count       INT NOT NULL,
    at_once         INT,
    per_second      DOUBLE PRECISION,
    next_free_nanos BIGINT NOT NULL,
    created_ms      BIGINT NOT NULL,
    updated_ms      BIGINT NOT NULL,
    ended_ms        BIGINT,
    deleted_ms      BIGINT
);
CREATE INDEX campaigns_listed ON campaigns (account, created_ms, id);
CREATE INDEX campaigns_state ON campaigns (state);

ALTER TABLE calls ADD COLUMN campaign_id VARCHAR(64) DEFAULT '' NOT NULL;
ALTER TABLE calls ADD COLUMN campaign_row INT DEFAULT 0 NOT NULL;
CREATE INDEX calls_campaign ON calls (campaign_id, status, node, outcome, due_ms, campaign_row);
