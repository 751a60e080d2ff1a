-- A source of its own for what people decide; whatever kinds are known by now stay known.
DO $$
DECLARE
  known text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO known FROM pg_constraint
    WHERE conrelid = 'source'::regclass AND conname = 'source_kind';
  ALTER TABLE source DROP CONSTRAINT source_kind;
  EXECUTE format('ALTER TABLE source ADD CONSTRAINT source_kind CHECK (%s OR kind = ''PEOPLE'')', known);
END $$;

-- Rule 0: a person named the strategy.
ALTER TABLE ledger_line DROP CONSTRAINT ledger_line_rule;
ALTER TABLE ledger_line ADD CONSTRAINT ledger_line_rule CHECK (rule BETWEEN 0 AND 9);
