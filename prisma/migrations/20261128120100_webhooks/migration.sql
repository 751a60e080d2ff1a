-- Where events go.
CREATE TABLE "webhook_endpoint" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "failing_since" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_because" TEXT,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("tenant_id","id")
);

-- What happened that somebody listens to, as it is sent: written in the transaction that it happened in.
CREATE TABLE "webhook_event" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("tenant_id","id")
);
CREATE INDEX "webhook_event_tenant_id_at_idx" ON "webhook_event"("tenant_id", "at");

-- An event on its way to an endpoint.
CREATE TABLE "webhook_delivery" (
    "tenant_id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "problem" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("tenant_id","endpoint_id","event_id")
);
ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_state CHECK (state IN ('PENDING', 'DELIVERED', 'DEAD'));
CREATE INDEX webhook_delivery_due ON webhook_delivery (tenant_id, endpoint_id, next_at) WHERE state = 'PENDING';
-- Of all tenants, for the loop that asks who waits.
CREATE INDEX webhook_delivery_next ON webhook_delivery (next_at) WHERE state = 'PENDING';
CREATE INDEX "webhook_delivery_tenant_id_event_id_idx" ON "webhook_delivery"("tenant_id", "event_id");

-- What is told once, however often it is found.
CREATE TABLE "webhook_told" (
    "tenant_id" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_told_pkey" PRIMARY KEY ("tenant_id","about")
);

-- Up to which version of the ledger targets were looked at, of tenants that listen to them.
CREATE TABLE "webhook_watch" (
    "tenant_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "version" BIGINT NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_watch_pkey" PRIMARY KEY ("tenant_id")
);

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_tenant_id_endpoint_id_fkey" FOREIGN KEY ("tenant_id", "endpoint_id") REFERENCES "webhook_endpoint"("tenant_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_tenant_id_event_id_fkey" FOREIGN KEY ("tenant_id", "event_id") REFERENCES "webhook_event"("tenant_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['webhook_endpoint', 'webhook_event', 'webhook_delivery', 'webhook_told', 'webhook_watch']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY inside_tenant ON %I USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO nobishiro_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['webhook_endpoint', 'webhook_event', 'webhook_told']
  LOOP
    EXECUTE format('CREATE POLICY tenant_viewer_only ON %I AS RESTRICTIVE USING (nobishiro_is_tenant_viewer())', name);
  END LOOP;
  -- Which tenants have something to do, for the operator's loop: neither what is sent nor where to is in these.
  FOREACH name IN ARRAY ARRAY['webhook_delivery', 'webhook_watch']
  LOOP
    EXECUTE format('CREATE POLICY tenant_viewer_only ON %I AS RESTRICTIVE USING (nobishiro_is_tenant_viewer() OR current_setting(''nobishiro.operator'', true) = ''on'')', name);
    EXECUTE format('CREATE POLICY due_list ON %I FOR SELECT USING (current_setting(''nobishiro.operator'', true) = ''on'')', name);
  END LOOP;
END $$;
