-- An account of which no personal data is kept any more.
ALTER TABLE account ADD COLUMN erased_at TIMESTAMPTZ(3);
-- A body that was replaced by the events it was understood as; body_sha256 stays that of the body as it came.
ALTER TABLE inbox ADD COLUMN reduced_at TIMESTAMPTZ(3);
ALTER TABLE inbox_conflict ADD COLUMN reduced_at TIMESTAMPTZ(3);
-- Counts erasures: facts of the past that are held in memory are named by it. Days that bodies are kept as they came, and when that was last seen to.
ALTER TABLE tenant ADD COLUMN erasures INTEGER NOT NULL DEFAULT 0,
ADD COLUMN raw_kept_days INTEGER,
ADD COLUMN raw_reduced_at TIMESTAMPTZ(3);
ALTER TABLE tenant ADD CONSTRAINT tenant_raw_kept_days CHECK (raw_kept_days BETWEEN 1 AND 36500);

-- The application keeps what it writes of a delivery beside its body, and can no longer rewrite a body, its digest or whose it is.
REVOKE UPDATE ON inbox, inbox_conflict FROM nobishiro_app;
GRANT UPDATE (events, event_time, status, reason, import_id, received_at) ON inbox TO nobishiro_app;
GRANT UPDATE (kind, account, events, event_time, ignored, resolution, resolved_at, reason, kept_as) ON inbox_conflict TO nobishiro_app;

-- What it may do with a body instead: put its own events in its place. As the owner of the tables, who is bound by their policies; where that is
-- a superuser, by the conditions alone. Of what is erased and says nothing any more, the id goes too: it may name a person.
CREATE FUNCTION nobishiro_reduce(sources text[], ids text[], nameless boolean[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  reduced integer;
BEGIN
  UPDATE inbox SET raw = convert_to(events::text, 'UTF8'), reduced_at = coalesce(reduced_at, now()),
    external_id = CASE WHEN given.nameless AND events = '[]' THEN nobishiro_nameless(external_id) ELSE external_id END
  FROM unnest(sources, ids, nameless) AS given(source, id, nameless)
  WHERE tenant_id = nobishiro_tenant() AND nobishiro_is_tenant_viewer() AND inbox.source = given.source AND external_id = given.id;
  GET DIAGNOSTICS reduced = ROW_COUNT;
  RETURN reduced;
END $$;

-- The same of a second body, which stays under the id of the first.
CREATE FUNCTION nobishiro_reduce_conflicts(sources text[], ids text[], bodies bytea[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  reduced integer;
BEGIN
  UPDATE inbox_conflict SET raw = convert_to(coalesce(events, '[]')::text, 'UTF8'), reduced_at = coalesce(reduced_at, now()),
    external_id = CASE WHEN EXISTS (
      SELECT FROM inbox WHERE inbox.tenant_id = inbox_conflict.tenant_id AND inbox.source = inbox_conflict.source
        AND inbox.external_id = nobishiro_nameless(inbox_conflict.external_id)
    ) THEN nobishiro_nameless(external_id) ELSE external_id END
  FROM unnest(sources, ids, bodies) AS given(source, id, body)
  WHERE tenant_id = nobishiro_tenant() AND nobishiro_is_tenant_viewer() AND inbox_conflict.source = given.source AND external_id = given.id
    AND body_sha256 = given.body;
  GET DIAGNOSTICS reduced = ROW_COUNT;
  RETURN reduced;
END $$;

-- Tells nothing, and is the same for the same id, so that what comes again is recognised.
CREATE FUNCTION nobishiro_nameless(id text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT 'erased/' || encode(sha256(convert_to(id, 'UTF8')), 'hex') $$;

-- The one thing of a line that may change: the words of a person, of whom it is about nothing is kept. No number, and no key of a line follows from them.
CREATE FUNCTION nobishiro_forget_words(corrections text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  forgotten integer;
BEGIN
  UPDATE ledger_line SET evidence = evidence || '{"correctedBecause": ""}'
  WHERE tenant_id = nobishiro_tenant() AND nobishiro_is_tenant_viewer() AND evidence ->> 'correction' = ANY(corrections);
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END $$;

REVOKE EXECUTE ON FUNCTION nobishiro_reduce(text[], text[], boolean[]),
  nobishiro_reduce_conflicts(text[], text[], bytea[]), nobishiro_forget_words(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nobishiro_reduce(text[], text[], boolean[]),
  nobishiro_reduce_conflicts(text[], text[], bytea[]), nobishiro_forget_words(text[]) TO nobishiro_app;
