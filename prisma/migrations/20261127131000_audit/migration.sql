-- CreateTable
CREATE TABLE "audit_entry" (
    "tenant_id" TEXT NOT NULL,
    "id" BIGINT GENERATED ALWAYS AS IDENTITY,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("tenant_id","id")
);

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY inside_tenant ON audit_entry USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant());
CREATE POLICY tenant_viewer_only ON audit_entry AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());

-- Append-only.
GRANT SELECT, INSERT ON audit_entry TO nobishiro_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO nobishiro_app;
