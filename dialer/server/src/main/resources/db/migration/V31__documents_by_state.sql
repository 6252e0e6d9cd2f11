-- What is open though its call or process is over is looked for again and again; what is over goes by its age.
CREATE INDEX documents_by_state ON documents (kind, state, updated_ms);
