-- Deliveries are taken receiver by receiver, so that one which is away holds up no other; of each stream one is 'pending', what comes
-- after it is 'waiting'. endpoint names every receiver, those that calls brought along too.
ALTER TABLE outbox ADD COLUMN taken BOOLEAN DEFAULT FALSE NOT NULL;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (state, endpoint, due_ms);
CREATE INDEX outbox_by_age ON outbox (endpoint, state, created_ms, id);
