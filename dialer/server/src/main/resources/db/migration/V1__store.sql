-- One set of SQL for H2 and PostgreSQL. Times are milliseconds since 1970 (_ms), JSON is text, what is empty is '' and not null.

-- Numbers that are given once: the cursor of events, the fencing token of nodes, and what is written where only the sync counts.
CREATE TABLE counters (
    name    VARCHAR(32) PRIMARY KEY,
    reached BIGINT NOT NULL
);
INSERT INTO counters (name, reached) VALUES ('events', 0);
INSERT INTO counters (name, reached) VALUES ('fence', 0);
INSERT INTO counters (name, reached) VALUES ('sync', 0);

CREATE TABLE calls (
    id                VARCHAR(64) PRIMARY KEY,
    account           VARCHAR(64) NOT NULL,
    origin            VARCHAR(32) NOT NULL,
    direction         VARCHAR(16) NOT NULL,
    from_type         VARCHAR(16) NOT NULL,
    from_target       VARCHAR(1024) NOT NULL,
    from_name         VARCHAR(1024) NOT NULL,
    to_type           VARCHAR(16) NOT NULL,
    to_target         VARCHAR(1024) NOT NULL,
    to_name           VARCHAR(1024) NOT NULL,
    trunk             VARCHAR(255) NOT NULL,
    sip_call_id       VARCHAR(1024) NOT NULL,
    status            VARCHAR(16) NOT NULL,
    early_media       BOOLEAN NOT NULL,
    attempts          INT NOT NULL,
    outcome           VARCHAR(32) NOT NULL,
    hangup_by         VARCHAR(16) NOT NULL,
    hangup_reason     VARCHAR(32) NOT NULL,
    sip_code          INT,
    sip_phrase        VARCHAR NOT NULL,
    q850              INT,
    cause             VARCHAR(64) NOT NULL,
    plan              VARCHAR NOT NULL,
    not_before_ms     BIGINT,
    window_from       VARCHAR(32),
    window_to         VARCHAR(32),
    window_zone       VARCHAR(64),
    priority          INT NOT NULL,
    retries           INT NOT NULL,
    give_up_ms        BIGINT,
    ring_limit_ms     BIGINT NOT NULL,
    duration_limit_ms BIGINT NOT NULL,
    activeflow_id     VARCHAR(64) NOT NULL,
    current_action    VARCHAR(255) NOT NULL,
    groupcall_id      VARCHAR(64) NOT NULL,
    bridge_id         VARCHAR(64) NOT NULL,
    master_call_id    VARCHAR(64) NOT NULL,
    chained_call_ids  VARCHAR NOT NULL,
    digits_all        VARCHAR NOT NULL,
    recording_ids     VARCHAR NOT NULL,
    codec             VARCHAR(64) NOT NULL,
    rtp               VARCHAR NOT NULL,
    tag               VARCHAR NOT NULL,
    tag_start         VARCHAR(255) NOT NULL,
    metadata          VARCHAR NOT NULL,
    variables         VARCHAR NOT NULL,
    headers           VARCHAR NOT NULL,
    anonymous         BOOLEAN NOT NULL,
    to_record         BOOLEAN NOT NULL,
    detect_machine    BOOLEAN NOT NULL,
    callbacks         VARCHAR NOT NULL,
    created_ms        BIGINT NOT NULL,
    invited_ms        BIGINT,
    ringing_ms        BIGINT,
    answered_ms       BIGINT,
    ended_ms          BIGINT,
    updated_ms        BIGINT NOT NULL,
    deleted_ms        BIGINT,
    -- What is not part of the call as others see it: its place in the queue, who works on it, what is known of its dialog.
    due_ms            BIGINT NOT NULL,
    node              VARCHAR(64) NOT NULL,
    fence             BIGINT NOT NULL,
    event_seq         BIGINT NOT NULL,
    dialog            VARCHAR NOT NULL,
    limit_calls       INT,
    limit_within_ms   BIGINT
);
CREATE INDEX calls_listed ON calls (account, created_ms, id);
CREATE INDEX calls_listed_to ON calls (account, to_target, created_ms, id);
CREATE INDEX calls_listed_from ON calls (account, from_target, created_ms, id);
CREATE INDEX calls_listed_tag ON calls (account, tag_start, created_ms, id);
CREATE INDEX calls_queue ON calls (status, node, due_ms);
CREATE INDEX calls_give_up ON calls (status, give_up_ms);
CREATE INDEX calls_sip ON calls (sip_call_id);
CREATE INDEX calls_ended ON calls (ended_ms);

-- Written last in its transaction, under the lock of its counter: whoever has seen a cursor finds no smaller one later.
CREATE TABLE events (
    reached    BIGINT PRIMARY KEY,
    id         VARCHAR(64) NOT NULL,
    account    VARCHAR(64) NOT NULL,
    type       VARCHAR(64) NOT NULL,
    time_ms    BIGINT NOT NULL,
    seq        BIGINT NOT NULL,
    call_id    VARCHAR(64) NOT NULL,
    data       VARCHAR NOT NULL
);
CREATE INDEX events_of_account ON events (account, reached);
CREATE INDEX events_of_call ON events (call_id, seq);
CREATE INDEX events_by_time ON events (time_ms);

CREATE TABLE outbox (
    id            VARCHAR(64) PRIMARY KEY,
    account       VARCHAR(64) NOT NULL,
    event_id      VARCHAR(64) NOT NULL,
    call_id       VARCHAR(64) NOT NULL,
    stream        VARCHAR(255) NOT NULL,
    seq           BIGINT NOT NULL,
    endpoint      VARCHAR(64) NOT NULL,
    target        VARCHAR NOT NULL,
    body          VARCHAR NOT NULL,
    state         VARCHAR(16) NOT NULL,
    tries         INT NOT NULL,
    due_ms        BIGINT NOT NULL,
    created_ms    BIGINT NOT NULL,
    finished_ms   BIGINT,
    last_error    VARCHAR NOT NULL
);
CREATE INDEX outbox_due ON outbox (state, due_ms);
CREATE INDEX outbox_stream ON outbox (stream, state, seq);
CREATE INDEX outbox_listed ON outbox (account, state, created_ms, id);
CREATE INDEX outbox_finished ON outbox (finished_ms);

CREATE TABLE idempotency (
    account    VARCHAR(64) NOT NULL,
    request    VARCHAR(255) NOT NULL,
    body_hash  VARCHAR(128) NOT NULL,
    answer     VARCHAR NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (account, request)
);
CREATE INDEX idempotency_by_time ON idempotency (created_ms);

CREATE TABLE accounts (
    id         VARCHAR(64) PRIMARY KEY,
    name       VARCHAR(255) NOT NULL,
    body       VARCHAR NOT NULL,
    created_ms BIGINT NOT NULL,
    updated_ms BIGINT NOT NULL,
    deleted_ms BIGINT
);

CREATE TABLE access_keys (
    id         VARCHAR(64) PRIMARY KEY,
    account    VARCHAR(64) NOT NULL,
    name       VARCHAR(255) NOT NULL,
    prefix     VARCHAR(32) NOT NULL,
    hash       VARCHAR(128) NOT NULL,
    scopes     VARCHAR(255) NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT,
    deleted_ms BIGINT
);
CREATE INDEX access_keys_prefix ON access_keys (prefix);

-- Flows, trunks, numbers, recordings, media, group calls, gatherings, bridges, webhooks: what is looked for has columns, the rest is JSON.
CREATE TABLE documents (
    kind       VARCHAR(32) NOT NULL,
    id         VARCHAR(64) NOT NULL,
    account    VARCHAR(64) NOT NULL,
    name       VARCHAR(255) NOT NULL,
    -- The account and the name while they may not be given again, else the id.
    taken      VARCHAR(400) NOT NULL,
    parent     VARCHAR(64) NOT NULL,
    state      VARCHAR(32) NOT NULL,
    body       VARCHAR NOT NULL,
    created_ms BIGINT NOT NULL,
    updated_ms BIGINT NOT NULL,
    deleted_ms BIGINT,
    PRIMARY KEY (kind, id),
    CONSTRAINT documents_taken UNIQUE (kind, taken)
);
CREATE INDEX documents_listed ON documents (kind, account, created_ms, id);
CREATE INDEX documents_parent ON documents (kind, parent);

CREATE TABLE do_not_call (
    account    VARCHAR(64) NOT NULL,
    number     VARCHAR(64) NOT NULL,
    reason     VARCHAR(1024) NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (account, number)
);
CREATE INDEX do_not_call_number ON do_not_call (number);

-- A permit, from its granting on. settled_ms is 0 while it is out; counts says whether it is a call to the number of its own.
CREATE TABLE attempts (
    call_id     VARCHAR(1024) PRIMARY KEY,
    request_id  VARCHAR(1024) NOT NULL,
    number      INT NOT NULL,
    account     VARCHAR(64) NOT NULL,
    node        VARCHAR(64) NOT NULL,
    trunk       VARCHAR(255) NOT NULL,
    dialled     VARCHAR(1024) NOT NULL,
    counted     BOOLEAN NOT NULL,
    heard       BOOLEAN NOT NULL,
    at_ms       BIGINT NOT NULL,
    invited_ms  BIGINT,
    settled_ms  BIGINT NOT NULL,
    outcome     VARCHAR(32) NOT NULL,
    CONSTRAINT attempts_once UNIQUE (request_id, number)
);
CREATE INDEX attempts_open ON attempts (settled_ms, trunk);
CREATE INDEX attempts_dialled ON attempts (dialled, at_ms);

-- Rows to be locked: one for each number, for each trunk, and '' for all trunks together.
CREATE TABLE dialled_numbers (
    number  VARCHAR(1024) PRIMARY KEY,
    last_ms BIGINT NOT NULL
);
CREATE TABLE trunk_pace (
    trunk           VARCHAR(255) PRIMARY KEY,
    next_free_nanos BIGINT NOT NULL
);

CREATE TABLE nodes (
    id         VARCHAR(64) PRIMARY KEY,
    fence      BIGINT NOT NULL,
    beats      BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    lease_ms   BIGINT NOT NULL,
    gone       BOOLEAN NOT NULL
);

CREATE TABLE journal (
    call_id     VARCHAR(1024) NOT NULL,
    seq         BIGINT NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    digit       VARCHAR(256) NOT NULL,
    duration_ms BIGINT NOT NULL,
    source      VARCHAR(1024) NOT NULL,
    whole       BOOLEAN NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (call_id, seq)
);
CREATE INDEX journal_by_time ON journal (at_ms);
