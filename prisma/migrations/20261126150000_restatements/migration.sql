-- When each month was closed, and what was recorded after that.
CREATE TABLE "month_close" (
    "tenant_id" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "month_close_pkey" PRIMARY KEY ("tenant_id","version","month")
);
ALTER TABLE month_close ADD CONSTRAINT month_close_by CHECK (by IN ('PERSON', 'WATERMARK'));
ALTER TABLE month_close ADD CONSTRAINT month_close_first_day CHECK (extract(day FROM month) = 1);

CREATE TABLE "late_line" (
    "tenant_id" TEXT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "account_id" TEXT NOT NULL,

    CONSTRAINT "late_line_pkey" PRIMARY KEY ("tenant_id","line_id")
);

-- What counts as MRR, revision by revision.
CREATE TABLE "recognition_policy" (
    "tenant_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "policy" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recognition_policy_pkey" PRIMARY KEY ("tenant_id","revision")
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['month_close', 'late_line', 'recognition_policy']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY inside_tenant ON %I USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant())', name);
    -- As append-only as the ledger.
    EXECUTE format('GRANT SELECT, INSERT ON %I TO nobishiro_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['month_close', 'recognition_policy']
  LOOP
    EXECUTE format('CREATE POLICY tenant_viewer_only ON %I AS RESTRICTIVE USING (nobishiro_is_tenant_viewer())', name);
  END LOOP;
END $$;
CREATE POLICY inside_account ON late_line AS RESTRICTIVE USING (nobishiro_sees_account(account_id));
