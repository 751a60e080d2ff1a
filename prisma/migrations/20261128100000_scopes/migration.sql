-- CreateTable
CREATE TABLE "scope" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scope_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "scope_account" (
    "tenant_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,

    CONSTRAINT "scope_account_pkey" PRIMARY KEY ("tenant_id","scope","account_id")
);

-- AddForeignKey
ALTER TABLE "scope" ADD CONSTRAINT "scope_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Whose accounts the current transaction may see, where it may not see the whole tenant: set by the one door, absent means nobody's.
CREATE FUNCTION nobishiro_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('nobishiro.scope', true), '') $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['scope', 'scope_account']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY inside_tenant ON %I USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant())', name);
  END LOOP;
END $$;
CREATE POLICY tenant_viewer_only ON scope AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());
-- A viewer finds its own scope, and writes none.
CREATE POLICY own_scope ON scope_account AS RESTRICTIVE USING (nobishiro_is_tenant_viewer() OR scope = nobishiro_scope())
  WITH CHECK (nobishiro_is_tenant_viewer());

GRANT SELECT, INSERT, UPDATE, DELETE ON scope TO nobishiro_app;
GRANT SELECT, INSERT, DELETE ON scope_account TO nobishiro_app;

-- One policy for every kind of viewer. Lists in a setting, which processes of the version before still name, are the first half.
-- EXISTS lets the planner look up few rows one by one and hash the scope for many.
DO $$
DECLARE
  name text;
  account text;
BEGIN
  FOR name, account IN
    SELECT tablename, CASE tablename WHEN 'account' THEN 'account.id' ELSE format('%I.account_id', tablename) END
    FROM pg_policies WHERE schemaname = 'public' AND policyname = 'inside_account' AND tablename <> 'subscription_item'
  LOOP
    EXECUTE format('ALTER POLICY inside_account ON %I USING (nobishiro_sees_account(%s) OR EXISTS (
      SELECT FROM scope_account seen
      WHERE seen.tenant_id = nobishiro_tenant() AND seen.scope = nobishiro_scope() AND seen.account_id = %s))', name, account, account);
  END LOOP;
END $$;
-- Whoever sees a subscription, which its own policy says, sees its items.
ALTER POLICY inside_account ON subscription_item USING (
  nobishiro_is_tenant_viewer() OR EXISTS (
    SELECT FROM subscription s
    WHERE s.tenant_id = subscription_item.tenant_id AND s.id = subscription_item.subscription_id));
