import { Migration } from '@mikro-orm/migrations';

/** A reminder may be put off to a later moment by a person, which composing it anew keeps. */
export class Migration20261123001100 extends Migration {
  override up(): void {
    // Nothing is asked of the rows that are there, so none is touched and the walls between companies need not come down.
    this.addSql(`
      alter table customer_consolidated_reminders add column not_before_at timestamptz;
      comment on column customer_consolidated_reminders.not_before_at is 'A person put it off: it leaves no earlier, however it is composed anew.';`);
  }

  override down(): void {
    this.addSql('alter table customer_consolidated_reminders drop column not_before_at;');
  }
}
