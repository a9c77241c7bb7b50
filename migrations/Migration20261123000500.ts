import { Migration } from '@mikro-orm/migrations';
import { onRowsOf } from './tenant-table.ts';

/**
 * Policies written before the later of age and habit had a weight of its own get the weight 0 for it: an upgrade never changes a
 * company's rules by itself, and the new default beside the weights of the old formula would count the same lateness twice.
 */
export class Migration20261123000500 extends Migration {
  override up(): void {
    this.addSql(
      onRowsOf(
        'policy_versions',
        `update policy_versions set document = jsonb_set(document, '{priority,latenessWeight}', '0')
          where document->'priority'->'ageWeight' is not null and document->'priority'->'latenessWeight' is null`,
      ),
    );
  }

  override down(): void {
    this.addSql(onRowsOf('policy_versions', `update policy_versions set document = document #- '{priority,latenessWeight}'`));
  }
}
