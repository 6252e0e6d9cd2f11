-- Retention reads what is old from the end of an index. Keys of requests go with what they made: those that are left are passed by in their order.
DROP INDEX idempotency_by_time;
CREATE INDEX idempotency_by_age ON idempotency (created_ms, account, request);
CREATE INDEX documents_deleted ON documents (deleted_ms);
CREATE INDEX attempts_by_time ON attempts (at_ms);
