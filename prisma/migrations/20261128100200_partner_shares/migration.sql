-- CreateTable
CREATE TABLE "partner_account" (
    "tenant_id" TEXT NOT NULL,
    "partner" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "shared_from" DATE NOT NULL,
    "shared_to" DATE,

    CONSTRAINT "partner_account_pkey" PRIMARY KEY ("tenant_id","partner","account_id")
);

-- AddForeignKey
ALTER TABLE "partner_account" ADD CONSTRAINT "partner_account_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "account"("tenant_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE partner_account ADD CONSTRAINT partner_account_days CHECK (shared_to > shared_from);

ALTER TABLE partner_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE partner_account FORCE ROW LEVEL SECURITY;
CREATE POLICY inside_tenant ON partner_account USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant());
CREATE POLICY tenant_viewer_only ON partner_account AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());
GRANT SELECT, INSERT, UPDATE, DELETE ON partner_account TO nobishiro_app;

ALTER TABLE api_key ADD COLUMN partner TEXT;
ALTER TABLE embed_session ADD COLUMN partner TEXT;
ALTER TABLE embed_session DROP CONSTRAINT embed_session_viewer;
ALTER TABLE embed_session ADD CONSTRAINT embed_session_viewer CHECK (viewer IN ('TENANT', 'SEGMENT', 'ACCOUNT', 'PARTNER'));
ALTER TABLE embed_session DROP CONSTRAINT embed_session_whole_tenant;
ALTER TABLE embed_session ADD CONSTRAINT embed_session_whole_tenant
  CHECK (viewer <> 'TENANT' OR (account_ids = '{}' AND segment_ids = '{}' AND filters IS NULL AND partner IS NULL));
