-- CreateTable
CREATE TABLE "source_term" (
    "tenant_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "is_whole" BOOLEAN NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_term_pkey" PRIMARY KEY ("tenant_id","source","kind","external_id")
);

-- CreateTable
CREATE TABLE "account_term" (
    "tenant_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "is_known" BOOLEAN NOT NULL,

    CONSTRAINT "account_term_pkey" PRIMARY KEY ("tenant_id","account_id","source","kind","external_id")
);

-- CreateIndex
CREATE INDEX "account_term_tenant_id_source_kind_external_id_idx" ON "account_term"("tenant_id", "source", "kind", "external_id");


ALTER TABLE source_term ADD CONSTRAINT source_term_kind CHECK (kind IN ('PRICE', 'DISCOUNT', 'COUPON'));
ALTER TABLE account_term ADD CONSTRAINT account_term_kind CHECK (kind IN ('PRICE', 'DISCOUNT', 'COUPON'));

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['source_term', 'account_term']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY inside_tenant ON %I USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant())', name);
    EXECUTE format('CREATE POLICY tenant_viewer_only ON %I AS RESTRICTIVE USING (nobishiro_is_tenant_viewer())', name);
  END LOOP;
END $$;
CREATE POLICY inside_account ON account_term AS RESTRICTIVE USING (nobishiro_sees_account(account_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON source_term, account_term TO nobishiro_app;
