-- Exchange rates belong to the tenant; derived from the events of its inbox.
CREATE TABLE "exchange_rate" (
    "tenant_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "rate" TEXT NOT NULL,
    "per" TEXT NOT NULL,
    "said_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exchange_rate_pkey" PRIMARY KEY ("tenant_id","source","currency","day")
);

ALTER TABLE exchange_rate ADD CONSTRAINT exchange_rate_currency CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE exchange_rate ADD CONSTRAINT exchange_rate_positive CHECK
  (rate ~ '^[0-9]+(\.[0-9]+)?$' AND rate ~ '[1-9]' AND per ~ '^[0-9]+(\.[0-9]+)?$' AND per ~ '[1-9]');

ALTER TABLE exchange_rate ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchange_rate FORCE ROW LEVEL SECURITY;
CREATE POLICY inside_tenant ON exchange_rate USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant());
CREATE POLICY tenant_viewer_only ON exchange_rate AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());
GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_rate TO nobishiro_app;

-- Rates come from a source of their own, which says nothing about how complete revenue is.
ALTER TABLE source DROP CONSTRAINT source_kind;
ALTER TABLE source ADD CONSTRAINT source_kind CHECK (kind IN ('STRIPE', 'CSV', 'RATES'));
