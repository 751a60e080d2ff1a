-- What the other body says, so that keeping it needs no reader of its source, and what a person decided.
ALTER TABLE "inbox_conflict" ADD COLUMN "kind" TEXT,
ADD COLUMN "account" TEXT,
ADD COLUMN "events" JSONB,
ADD COLUMN "event_time" TIMESTAMPTZ(3),
ADD COLUMN "ignored" TEXT,
ADD COLUMN "resolution" TEXT,
ADD COLUMN "resolved_at" TIMESTAMPTZ(3),
ADD COLUMN "reason" TEXT,
ADD COLUMN "kept_as" TEXT;

ALTER TABLE inbox_conflict ADD CONSTRAINT inbox_conflict_resolution CHECK (resolution IN ('FIRST', 'SECOND'));
ALTER TABLE inbox_conflict ADD CONSTRAINT inbox_conflict_resolved CHECK
  ((resolution IS NULL) = (resolved_at IS NULL) AND (resolution IS NULL) = (reason IS NULL)
    AND (kept_as IS NOT NULL) = (resolution IS NOT DISTINCT FROM 'SECOND'));
