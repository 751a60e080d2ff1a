-- Sessions of viewers that are neither the whole tenant nor a list of accounts, and what narrows any of them.
ALTER TABLE embed_session ADD COLUMN segment_ids TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE embed_session ADD COLUMN filters JSONB;
ALTER TABLE embed_session DROP CONSTRAINT embed_session_viewer;
ALTER TABLE embed_session ADD CONSTRAINT embed_session_viewer CHECK (viewer IN ('TENANT', 'SEGMENT', 'ACCOUNT'));
-- Who sees the whole tenant is narrowed by nothing: no reader of the row may take one for the other.
ALTER TABLE embed_session ADD CONSTRAINT embed_session_whole_tenant
  CHECK (viewer <> 'TENANT' OR (account_ids = '{}' AND segment_ids = '{}' AND filters IS NULL));
