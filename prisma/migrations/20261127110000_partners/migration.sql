-- Accounts that were ever attributed to a partner: where that is read from.
CREATE INDEX inbox_partners ON inbox (tenant_id, account_id) WHERE events @? '$[*].attributes.partner';
