-- CreateTable
CREATE TABLE "account_attributes" (
    "tenant_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "said_at" TIMESTAMPTZ(3) NOT NULL,
    "attributes" JSONB NOT NULL,

    CONSTRAINT "account_attributes_pkey" PRIMARY KEY ("tenant_id","account_id","said_at")
);

-- What was received before. The migration runs as the owner, whom row-level security binds as well.
ALTER TABLE inbox NO FORCE ROW LEVEL SECURITY;
INSERT INTO account_attributes (tenant_id, account_id, said_at, attributes)
SELECT DISTINCT ON (tenant_id, account_id, said_at) *
FROM (
  SELECT tenant_id, account_id, (event ->> 'at')::timestamptz(3) AS said_at, coalesce(event -> 'attributes', '{}') AS attributes
  FROM inbox, jsonb_array_elements(events) AS event
  WHERE status = 'POSTED' AND event ->> 'type' = 'account' AND source || ':' || (event ->> 'account') = account_id
) AS said
ORDER BY tenant_id, account_id, said_at, attributes DESC;
ALTER TABLE inbox FORCE ROW LEVEL SECURITY;

ALTER TABLE account_attributes ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_attributes FORCE ROW LEVEL SECURITY;
CREATE POLICY inside_tenant ON account_attributes USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant());
CREATE POLICY inside_account ON account_attributes AS RESTRICTIVE USING (nobishiro_sees_account(account_id));
CREATE POLICY tenant_viewer_only ON account_attributes AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());

GRANT SELECT, INSERT, UPDATE, DELETE ON account_attributes TO nobishiro_app;

-- A partner is one of the attributes. Nothing that was released reads this table.
DROP TABLE "account_partner";
