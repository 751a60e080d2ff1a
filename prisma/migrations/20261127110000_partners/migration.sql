-- CreateTable
CREATE TABLE "account_partner" (
    "tenant_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "said_at" TIMESTAMPTZ(3) NOT NULL,
    "partner" TEXT NOT NULL,

    CONSTRAINT "account_partner_pkey" PRIMARY KEY ("tenant_id","account_id","said_at")
);

-- What was received before. The migration runs as the owner, whom row-level security binds as well.
ALTER TABLE inbox NO FORCE ROW LEVEL SECURITY;
INSERT INTO account_partner (tenant_id, account_id, said_at, partner)
SELECT tenant_id, account_id, said_at, max(partner COLLATE "C")
FROM (
  SELECT tenant_id, account_id, (event ->> 'at')::timestamptz(3) AS said_at, coalesce(event -> 'attributes' ->> 'partner', '') AS partner
  FROM (
    SELECT DISTINCT tenant_id, account_id FROM inbox WHERE events @? '$[*].attributes.partner' AND status = 'POSTED'
  ) AS attributed
    JOIN inbox USING (tenant_id, account_id), jsonb_array_elements(inbox.events) AS event
  WHERE inbox.status = 'POSTED' AND event ->> 'type' = 'account' AND inbox.source || ':' || (event ->> 'account') = account_id
) AS said
GROUP BY 1, 2, 3;
ALTER TABLE inbox FORCE ROW LEVEL SECURITY;

ALTER TABLE account_partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_partner FORCE ROW LEVEL SECURITY;
CREATE POLICY inside_tenant ON account_partner USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant());
CREATE POLICY inside_account ON account_partner AS RESTRICTIVE USING (nobishiro_sees_account(account_id));
CREATE POLICY tenant_viewer_only ON account_partner AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());

GRANT SELECT, INSERT, UPDATE, DELETE ON account_partner TO nobishiro_app;
