import { Migration } from '@mikro-orm/migrations';

/**
 * Erasing a person: what a contact was becomes a tombstone, the address stays as a keyed hash, and rows that lay long enough may be deleted. What
 * came back by mail is still never rewritten but for the words of it.
 */
export class Migration20261123008600 extends Migration {
  override up(): void {
    this.addSql(`
      alter table companies add column erasure_key uuid not null default gen_random_uuid();
      comment on column companies.erasure_key is 'Keys the hashes that erased addresses are known by; of no use without them.';
      alter table contacts add column erased_at timestamptz;
      comment on column contacts.erased_at is 'The person asked to be erased; what is left names nobody.';
      alter table customers add column is_on_legal_hold boolean not null default false;
      comment on column customers.is_on_legal_hold is 'Nothing of the account is deleted for its age.';
      grant update (evidence), delete on email_events to wafa_app;
      grant delete on customer_consolidated_reminders, email_logs, mail_replies to wafa_app;`);
  }

  override down(): void {
    this.addSql(`
      revoke delete on customer_consolidated_reminders, email_logs, mail_replies from wafa_app;
      revoke update (evidence), delete on email_events from wafa_app;
      alter table customers drop column is_on_legal_hold;
      alter table contacts drop column erased_at;
      alter table companies drop column erasure_key;`);
  }
}
