import { Migration } from '@mikro-orm/migrations';

/** A reminder remembers that a person shaped it, so that the planner leaves it alone. */
export class Migration20261123001001 extends Migration {
  override up(): void {
    this.addSql(`
      alter table customer_consolidated_reminders add column is_shaped boolean not null default false;
      comment on column customer_consolidated_reminders.is_shaped is 'A person gave it its level or its items: the planner leaves it as it is.';`);
  }

  override down(): void {
    this.addSql('alter table customer_consolidated_reminders drop column is_shaped;');
  }
}
