-- AlterTable
ALTER TABLE "subscription" ADD COLUMN     "cancel_at" TIMESTAMPTZ(3),
ADD COLUMN     "committed_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "period_end" TIMESTAMPTZ(3),
ADD COLUMN     "period_start" TIMESTAMPTZ(3),
ADD COLUMN     "trial_end" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "usage_record" ADD COLUMN     "aggregation" TEXT,
ADD COLUMN     "at" TIMESTAMPTZ(3),
ADD COLUMN     "event_id" TEXT,
ADD COLUMN     "item" TEXT,
ADD COLUMN     "mode" TEXT NOT NULL DEFAULT 'ADD',
ADD COLUMN     "reported_at" TIMESTAMPTZ(3),
ADD COLUMN     "subscription" TEXT;

-- CreateTable
CREATE TABLE "account_meter" (
    "tenant_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "metric" TEXT NOT NULL,

    CONSTRAINT "account_meter_pkey" PRIMARY KEY ("tenant_id","account_id","metric")
);

-- CreateTable
CREATE TABLE "account_outlook" (
    "tenant_id" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "version" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_outlook_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "account_meter_tenant_id_source_metric_idx" ON "account_meter"("tenant_id", "source", "metric");

-- CreateIndex
CREATE INDEX "account_outlook_tenant_id_account_id_idx" ON "account_outlook"("tenant_id", "account_id");

-- CreateIndex
CREATE INDEX "usage_record_tenant_id_source_metric_day_idx" ON "usage_record"("tenant_id", "source", "metric", "day");


ALTER TABLE usage_record ADD CONSTRAINT usage_record_mode CHECK (mode IN ('ADD', 'SET'));
ALTER TABLE usage_record ADD CONSTRAINT usage_record_aggregation CHECK
  (aggregation IN ('SUM', 'COUNT', 'LAST', 'LAST_EVER', 'MAX', 'COUNTER'));
ALTER TABLE account_outlook ADD CONSTRAINT account_outlook_kind CHECK (kind IN ('PENDING', 'TRIAL'));

-- What was measured before says which delivery carried it. The migration runs as the owner, whom row-level security binds as well.
ALTER TABLE usage_record NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox NO FORCE ROW LEVEL SECURITY;
UPDATE usage_record record SET event_id = CASE WHEN inbox.account_id = record.account_id THEN inbox.external_id END, reported_at = inbox.event_time
FROM inbox WHERE inbox.tenant_id = record.tenant_id AND inbox.source = record.source
  AND inbox.external_id = regexp_replace(record.external_id, '#\d+$', '');
ALTER TABLE usage_record FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox FORCE ROW LEVEL SECURITY;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['account_meter', 'account_outlook']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY inside_tenant ON %I USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant())', name);
    EXECUTE format('CREATE POLICY inside_account ON %I AS RESTRICTIVE USING (nobishiro_sees_account(account_id))', name);
  END LOOP;
END $$;
CREATE POLICY tenant_viewer_only ON account_meter AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());

GRANT SELECT, INSERT, UPDATE, DELETE ON account_meter TO nobishiro_app;
-- Append-only.
GRANT SELECT, INSERT ON account_outlook TO nobishiro_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO nobishiro_app;
