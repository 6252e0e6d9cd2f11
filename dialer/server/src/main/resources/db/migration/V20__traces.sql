-- What went over the wire in calls that are over: a row an attempt. messages is what dev.outdial.dialer.trace.CallTrace writes, series is JSON.
CREATE TABLE traces (
    call_id  VARCHAR(64) NOT NULL,
    attempt  INTEGER NOT NULL,
    begun_ms BIGINT NOT NULL,
    messages BYTEA NOT NULL,
    series   VARCHAR NOT NULL,
    PRIMARY KEY (call_id, attempt)
);
