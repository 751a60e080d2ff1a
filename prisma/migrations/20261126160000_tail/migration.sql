-- Where the fold of a subscription stands. Derived from the inbox; without it the past is read again.
ALTER TABLE "subscription" ADD COLUMN "tail" TEXT;

-- Rewritten with nearly every event: room for it on the same page spares the indexes.
ALTER TABLE subscription SET (fillfactor = 70);
ALTER TABLE subscription_item SET (fillfactor = 70);

-- Bodies as received are most of what is written; LZ4 takes a fraction of the default's time, where the server was built with it.
DO $$
BEGIN
  ALTER TABLE inbox ALTER COLUMN raw SET COMPRESSION lz4;
  ALTER TABLE inbox ALTER COLUMN events SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  NULL;
END $$;
