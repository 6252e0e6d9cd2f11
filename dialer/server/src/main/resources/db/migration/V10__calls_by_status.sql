-- Who looks at the calls that are up does not read those that are over.
CREATE INDEX calls_listed_status ON calls (account, status, created_ms, id);
