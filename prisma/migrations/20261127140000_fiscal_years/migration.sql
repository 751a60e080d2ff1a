-- Month with which a tenant's fiscal years begin.
ALTER TABLE tenant ADD COLUMN fiscal_year_start INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tenant ADD CONSTRAINT tenant_fiscal_year_start CHECK (fiscal_year_start BETWEEN 1 AND 12);
