import type { UserId } from '../../domain/ids.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface NewSuppression {
  readonly address: string;
  readonly reason: 'HARD_BOUNCE' | 'COMPLAINT' | 'WRONG_PERSON' | 'OPERATOR' | 'ERASED';
  readonly evidence: string | null;
  readonly createdBy?: UserId | null;
}

/** Nothing more goes to the address until somebody lifts it; one standing suppression per address is enough. */
export async function suppressAddress(tx: CompanyTx, suppression: NewSuppression): Promise<void> {
  await tx.query(
    `insert into suppressions (company_id, address, reason, evidence, created_by) values ($1, $2, $3, $4, $5)
     on conflict (company_id, address) where lifted_at is null do nothing`,
    [tx.companyId, suppression.address, suppression.reason, suppression.evidence, suppression.createdBy ?? null],
  );
}
