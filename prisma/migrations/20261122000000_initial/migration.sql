-- CreateTable
CREATE TABLE "account" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" TEXT,
    "region" TEXT,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "signed_up_on" DATE,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "subscription_item" (
    "tenant_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "price_id" TEXT,
    "product_id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "quantity" INTEGER NOT NULL,
    "level_minor" BIGINT NOT NULL,

    CONSTRAINT "subscription_item_pkey" PRIMARY KEY ("tenant_id","subscription_id","id")
);

-- CreateTable
CREATE TABLE "product" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "plan" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "source_product" (
    "tenant_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_product_pkey" PRIMARY KEY ("tenant_id","source","external_id")
);

-- CreateTable
CREATE TABLE "source_price" (
    "tenant_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "product_external_id" TEXT NOT NULL,
    "nickname" TEXT,
    "lookup_key" TEXT,
    "currency" TEXT NOT NULL,
    "price" JSONB NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "product_id" TEXT,
    "plan_id" TEXT,
    "kind" TEXT NOT NULL,
    "mapping" TEXT NOT NULL DEFAULT 'INFERRED',

    CONSTRAINT "source_price_pkey" PRIMARY KEY ("tenant_id","source","external_id")
);

-- CreateTable
CREATE TABLE "catalog_evidence" (
    "tenant_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "first" TEXT NOT NULL,
    "second" TEXT NOT NULL,

    CONSTRAINT "catalog_evidence_pkey" PRIMARY KEY ("tenant_id","account_id","kind","first","second")
);

-- CreateTable
CREATE TABLE "source" (
    "tenant_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "secret" BYTEA,
    "through" DATE,
    "last_event_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("tenant_id","name")
);

-- CreateTable
CREATE TABLE "inbox" (
    "tenant_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "account_id" TEXT,
    "body_sha256" BYTEA NOT NULL,
    "raw" BYTEA NOT NULL,
    "events" JSONB NOT NULL DEFAULT '[]',
    "event_time" TIMESTAMPTZ(3) NOT NULL,
    "folds" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "import_id" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("tenant_id","source","external_id")
);

-- CreateTable
CREATE TABLE "inbox_conflict" (
    "tenant_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "body_sha256" BYTEA NOT NULL,
    "raw" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_conflict_pkey" PRIMARY KEY ("tenant_id","source","external_id","body_sha256")
);

-- CreateTable
CREATE TABLE "usage_record" (
    "tenant_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "quantity" DECIMAL(24,6) NOT NULL,
    "import_id" TEXT,

    CONSTRAINT "usage_record_pkey" PRIMARY KEY ("tenant_id","source","external_id")
);

-- CreateTable
CREATE TABLE "ledger_line" (
    "tenant_id" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "effective_day" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT NOT NULL,
    "source_event" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "reverses" BIGINT,
    "content_key" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "strategy" TEXT,
    "rule" INTEGER NOT NULL,
    "reason" TEXT,
    "product_id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "evidence" JSONB NOT NULL,

    CONSTRAINT "ledger_line_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "account_change" (
    "tenant_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "product_id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL,
    "strategy" TEXT NOT NULL DEFAULT '',
    "amount_minor" BIGINT NOT NULL,
    "seats" INTEGER NOT NULL,

    CONSTRAINT "account_change_pkey" PRIMARY KEY ("tenant_id","account_id","day","product_id","plan_id","region","currency","strategy")
);

-- CreateTable
CREATE TABLE "tenant" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "last_four" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "embed_session" (
    "tenant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "viewer" TEXT NOT NULL,
    "account_ids" TEXT[],
    "capabilities" TEXT[],
    "origins" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "embed_session_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "account_tenant_id_parent_id_idx" ON "account"("tenant_id", "parent_id");

-- CreateIndex
CREATE INDEX "account_tenant_id_name_idx" ON "account"("tenant_id", "name");

-- CreateIndex
CREATE INDEX "subscription_tenant_id_account_id_idx" ON "subscription"("tenant_id", "account_id");

-- CreateIndex
CREATE INDEX "plan_tenant_id_product_id_idx" ON "plan"("tenant_id", "product_id");

-- CreateIndex
CREATE INDEX "inbox_tenant_id_account_id_folds_idx" ON "inbox"("tenant_id", "account_id", "folds");

-- CreateIndex
CREATE INDEX "inbox_tenant_id_import_id_idx" ON "inbox"("tenant_id", "import_id");

-- CreateIndex
CREATE INDEX "usage_record_tenant_id_metric_account_id_day_idx" ON "usage_record"("tenant_id", "metric", "account_id", "day");

-- CreateIndex
CREATE INDEX "ledger_line_tenant_id_account_id_effective_day_idx" ON "ledger_line"("tenant_id", "account_id", "effective_day");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_line_tenant_id_source_source_event_ordinal_revision_key" ON "ledger_line"("tenant_id", "source", "source_event", "ordinal", "revision");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "account"("tenant_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subscription_item" ADD CONSTRAINT "subscription_item_tenant_id_subscription_id_fkey" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscription"("tenant_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_tenant_id_product_id_fkey" FOREIGN KEY ("tenant_id", "product_id") REFERENCES "product"("tenant_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_line" ADD CONSTRAINT "ledger_line_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "account"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "account_change" ADD CONSTRAINT "account_change_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "account"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "embed_session" ADD CONSTRAINT "embed_session_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE NO ACTION;


