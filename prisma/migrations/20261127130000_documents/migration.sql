-- CreateTable
CREATE TABLE "trusted_document" (
    "tenant_id" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "trusted_document_pkey" PRIMARY KEY ("tenant_id","sha256")
);

-- AddForeignKey
ALTER TABLE "trusted_document" ADD CONSTRAINT "trusted_document_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE trusted_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE trusted_document FORCE ROW LEVEL SECURITY;
CREATE POLICY inside_tenant ON trusted_document USING (tenant_id = nobishiro_tenant()) WITH CHECK (tenant_id = nobishiro_tenant());
CREATE POLICY tenant_viewer_only ON trusted_document AS RESTRICTIVE USING (nobishiro_is_tenant_viewer());

GRANT SELECT, INSERT, DELETE ON trusted_document TO nobishiro_app;
