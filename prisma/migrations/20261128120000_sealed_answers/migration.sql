-- Answers that may show a secret lie sealed; body is empty then. Those of batches are as they were.
ALTER TABLE idempotent_answer ADD COLUMN sealed BYTEA;
ALTER TABLE idempotent_answer ADD COLUMN content_type TEXT NOT NULL DEFAULT 'application/json';
