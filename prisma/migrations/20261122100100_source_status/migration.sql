-- How each source fares.
ALTER TABLE "source" ADD COLUMN "last_received_at" TIMESTAMPTZ(3),
ADD COLUMN "last_error" TEXT,
ADD COLUMN "last_error_at" TIMESTAMPTZ(3);

-- What does not count is rare: counting it reads nothing else.
CREATE INDEX inbox_not_posted ON inbox (tenant_id, source, status) WHERE status <> 'POSTED';
