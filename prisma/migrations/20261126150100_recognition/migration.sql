-- Every question reads one revision of the ledger, whoever asks: the one that was in force at an instant.
DROP POLICY tenant_viewer_only ON recognition_policy;
CREATE FUNCTION nobishiro_revision(tenant text, at timestamptz) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(max(revision), 1) FROM recognition_policy WHERE tenant_id = tenant AND recorded_at <= at $$;
