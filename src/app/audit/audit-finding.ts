import { findingSentence, type ChainFinding } from '../../domain/audit-verification.ts';
import { OperatorError } from '../../domain/operator-error.ts';

/** A fault of the chain as the error that ends a command: its code is `audit.` and the kind of the finding. */
export const auditFinding = (finding: ChainFinding): OperatorError =>
  new OperatorError({
    code: `audit.${finding.kind}`,
    message: findingSentence(finding),
    tryThis:
      'Change nothing: keep the database, its backups and the anchor file as they are, and compare them. Only an administrator of the database can have done this. See docs/audit.md.',
  });
