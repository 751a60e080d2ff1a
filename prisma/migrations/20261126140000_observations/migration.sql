-- What sources tell beside revenue: one table for facts that are read, not computed with.
CREATE TABLE "observation" (
    "tenant_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "account_id" TEXT,
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "quantity" DECIMAL(24,6),
    "amount_minor" BIGINT,
    "currency" TEXT,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("tenant_id","source","kind","external_id")
);
CREATE INDEX "observation_tenant_id_account_id_kind_day_idx" ON "observation"("tenant_id", "account_id", "kind", "day");

-- Answers to requests that carry an Idempotency-Key, to be given again.
CREATE TABLE "idempotent_answer" (
    "tenant_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_sha256" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_answer_pkey" PRIMARY KEY ("tenant_id","key")
);
CREATE INDEX "idempotent_answer_tenant_id_expires_at_idx" ON "idempotent_answer"("tenant_id", "expires_at");

ALTER TABLE observation ADD CONSTRAINT observation_kind CHECK (kind IN
  ('INVOICE_LINE', 'SPEND', 'ENTITLEMENT', 'FEATURE', 'INTEGRATION', 'CONTACT', 'SATISFACTION', 'TICKET'));
ALTER TABLE observation ADD CONSTRAINT observation_money CHECK ((amount_minor IS NULL) = (currency IS NULL));

-- Sources that are neither Stripe nor CSV files.
ALTER TABLE source DROP CONSTRAINT source_kind;
ALTER TABLE source ADD CONSTRAINT source_kind CHECK (kind IN ('STRIPE', 'CSV', 'EVENTS', 'CHARTMOGUL', 'PEOPLE', 'RATES'));

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['observation', 'idempotent_answer']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY inside_tenant ON %I USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant())', name);
  END LOOP;
END $$;
CREATE POLICY inside_account ON observation AS RESTRICTIVE USING (nobishiro_sees_account(account_id));
CREATE POLICY tenant_viewer_only ON idempotent_answer AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());
GRANT SELECT, INSERT, UPDATE, DELETE ON observation, idempotent_answer TO nobishiro_app;
