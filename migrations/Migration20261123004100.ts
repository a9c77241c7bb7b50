import { Migration } from '@mikro-orm/migrations';

/** Reminders that carry a statement of account say so, because it is part of what an approval binds to. */
export class Migration20261123004100 extends Migration {
  override up(): void {
    // A constant default is kept in the catalogue: no row is touched, so the walls between companies need not come down.
    this.addSql('alter table customer_consolidated_reminders add column attaches_statement boolean not null default false;');
  }

  override down(): void {
    this.addSql('alter table customer_consolidated_reminders drop column attaches_statement;');
  }
}
