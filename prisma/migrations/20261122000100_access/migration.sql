-- Closed lists are text with a CHECK: enums cannot be returned from distributed tables.
ALTER TABLE tenant ADD CONSTRAINT tenant_id_slug CHECK (id ~ '^[a-z0-9][a-z0-9-]{1,38}$');
ALTER TABLE tenant ADD CONSTRAINT tenant_currency CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE embed_session ADD CONSTRAINT embed_session_viewer CHECK (viewer IN ('TENANT', 'ACCOUNT'));
ALTER TABLE source ADD CONSTRAINT source_kind CHECK (kind IN ('STRIPE', 'CSV'));
ALTER TABLE source_price ADD CONSTRAINT source_price_kind CHECK (kind IN ('LICENCE', 'METERED', 'ADD_ON', 'SERVICE'));
ALTER TABLE source_price ADD CONSTRAINT source_price_mapping CHECK (mapping IN ('INFERRED', 'CONFIRMED'));
ALTER TABLE catalog_evidence ADD CONSTRAINT catalog_evidence_kind CHECK (kind IN ('HELD_TOGETHER', 'REPLACED'));
ALTER TABLE subscription ADD CONSTRAINT subscription_status
  CHECK (status IN ('ACTIVE', 'TRIAL', 'PAUSED', 'PAST_DUE', 'UNPAID', 'INCOMPLETE', 'ENDED'));
ALTER TABLE inbox ADD CONSTRAINT inbox_status CHECK (status IN ('STAGED', 'POSTED', 'IGNORED', 'QUARANTINED'));
ALTER TABLE ledger_line ADD CONSTRAINT ledger_line_strategy CHECK (strategy IN
  ('UPSELL', 'CROSS_SELL', 'SEAT', 'USAGE', 'GEOGRAPHIC', 'FEATURE', 'CONTRACT_VALUE'));
ALTER TABLE ledger_line ADD CONSTRAINT ledger_line_rule CHECK (rule BETWEEN 1 AND 9);
CREATE UNIQUE INDEX ledger_line_reversed_once ON ledger_line (tenant_id, reverses) WHERE reverses IS NOT NULL;

-- The application role owns nothing and bypasses nothing. Roles belong to the cluster, so several databases may race here.
DO $$
BEGIN
  PERFORM pg_advisory_xact_lock(7021193);
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nobishiro_app') THEN
    CREATE ROLE nobishiro_app NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'nobishiro_app', 'MEMBER') THEN
    EXECUTE format('GRANT nobishiro_app TO %I', current_user);
  END IF;
END $$;

-- What the current transaction may see: set by the one door, absent means nothing.
CREATE FUNCTION nobishiro_tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('nobishiro.tenant', true), '') $$;

CREATE FUNCTION nobishiro_is_tenant_viewer() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('nobishiro.viewer', true) = 'TENANT', false) $$;

CREATE FUNCTION nobishiro_sees_account(account text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nobishiro_is_tenant_viewer()
       OR coalesce(account = ANY (nullif(current_setting('nobishiro.accounts', true), '')::text[]), false) $$;

-- The list of tenants is for the operator's commands only.
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_itself ON tenant USING (id = nobishiro_tenant()) WITH CHECK (id = nobishiro_tenant());
CREATE POLICY tenant_list ON tenant FOR SELECT USING (current_setting('nobishiro.operator', true) = 'on');

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['api_key', 'embed_session', 'source', 'product', 'plan', 'source_product', 'source_price',
    'catalog_evidence', 'account', 'subscription', 'subscription_item', 'inbox', 'inbox_conflict', 'usage_record',
    'ledger_line', 'account_change']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY inside_tenant ON %I USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant())', name);
  END LOOP;

  -- The vendor's own affairs: never for an account viewer.
  FOREACH name IN ARRAY ARRAY['api_key', 'embed_session', 'source', 'source_product', 'source_price', 'catalog_evidence',
    'inbox', 'inbox_conflict']
  LOOP
    EXECUTE format('CREATE POLICY tenant_viewer_only ON %I AS RESTRICTIVE USING (nobishiro_is_tenant_viewer())', name);
  END LOOP;

  FOREACH name IN ARRAY ARRAY['subscription', 'usage_record', 'ledger_line', 'account_change']
  LOOP
    EXECUTE format('CREATE POLICY inside_account ON %I AS RESTRICTIVE USING (nobishiro_sees_account(account_id))', name);
  END LOOP;
END $$;
CREATE POLICY inside_account ON account AS RESTRICTIVE USING (nobishiro_sees_account(id));
CREATE POLICY inside_account ON subscription_item AS RESTRICTIVE USING (
  nobishiro_is_tenant_viewer() OR EXISTS (
    SELECT FROM subscription s
    WHERE s.tenant_id = subscription_item.tenant_id AND s.id = subscription_item.subscription_id
      AND nobishiro_sees_account(s.account_id)));

GRANT USAGE ON SCHEMA public TO nobishiro_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  tenant, api_key, embed_session, source, product, plan, source_product, source_price, catalog_evidence, account,
  subscription, subscription_item, inbox, inbox_conflict, usage_record, account_change TO nobishiro_app;
-- Append-only.
GRANT SELECT, INSERT ON ledger_line TO nobishiro_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO nobishiro_app;
