import { Migration } from '@mikro-orm/migrations';
import { onRowsOf } from './tenant-table.ts';

/** What a company's mails may carry besides: a page to pay on, a reply address per reminder; and how texts and bank accounts follow one another. */
export class Migration20261123004000 extends Migration {
  override up(): void {
    this.addSql(`
      alter table companies
        add column payment_link text,
        add column is_plus_addressed boolean not null default false;
      comment on column companies.is_plus_addressed is 'Answers go to name+KEY@domain, so that they find their reminder; only where the mailbox takes such addresses.';
      alter table email_templates
        add column activated_at timestamptz,
        add column note text;
      comment on column email_templates.activated_at is 'When the version was last put in force: going back means the one before, by this.';
      alter table bank_accounts add column replaces_id bigint;`);
    this.addSql(
      onRowsOf(
        ['companies', 'email_templates', 'bank_accounts'],
        `
        alter table companies add constraint companies_payment_link_check check (payment_link ~ '^https://[^[:space:]]+$' and length(payment_link) <= 500);
        update email_templates set activated_at = created_at where is_active;
        alter table email_templates add constraint active_was_activated check (not is_active or activated_at is not null);
        alter table bank_accounts add constraint bank_accounts_company_id_replaces_id_fkey
          foreign key (company_id, replaces_id) references bank_accounts (company_id, id);
        alter table bank_accounts add constraint effective_is_approved check (effective_at is null or approved_by is not null);`,
      ),
    );
  }

  override down(): void {
    this.addSql(`
      alter table bank_accounts drop constraint effective_is_approved, drop constraint bank_accounts_company_id_replaces_id_fkey, drop column replaces_id;
      alter table email_templates drop constraint active_was_activated, drop column activated_at, drop column note;
      alter table companies drop constraint companies_payment_link_check, drop column payment_link, drop column is_plus_addressed;`);
  }
}
