-- Accounts whose parent was ever named: where a hierarchy is read from.
CREATE INDEX inbox_parents ON inbox (tenant_id, account_id) WHERE events @? '$[*].parent';
