-- Accounts that stay open without MRR, beside what is agreed and what is on trial.
ALTER TABLE account_outlook DROP CONSTRAINT account_outlook_kind;
ALTER TABLE account_outlook ADD CONSTRAINT account_outlook_kind CHECK (kind IN ('PENDING', 'TRIAL', 'LOGO'));
