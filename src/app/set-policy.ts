/** Changes the rules a company reminds by. Every change is a new version; what was decided under an old one stays traceable to it. */
import { act, type Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { readOptionalLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { parsePolicy } from '../domain/policy.ts';
import { policyDiff, setPolicyValues, type PolicyChange } from '../domain/policy/change.ts';
import { presetAssignments, type PolicyPresetName } from '../domain/policy/presets.ts';
import { lockCompany, companySettings } from '../store/sql/company-settings.ts';
import { policyVersions, putPolicyInForce } from '../store/sql/policy-versions.ts';

export interface PolicySetting {
  /** The version in force afterwards. */
  readonly number: number;
  /** Empty when every value was in force already; then there is no new version. */
  readonly changes: readonly PolicyChange[];
}

/**
 * @param values Dotted keys and values as typed, e.g. `trigger.workingDays` → `1`.
 * @throws OperatorError `policy.unknown-key`, `policy.bad-value`; nothing is changed then.
 */
export const setPolicy = (session: Session, values: Readonly<Record<string, string>>, note?: string): Promise<PolicySetting> =>
  act(session, 'policy set', (context) => change(context, { values, note }));

/**
 * Puts the keys of a preset in force; all others stay.
 * @param shownFor The version the operator saw the differences to: their yes holds for no other.
 * @throws OperatorError `policy.moved` when another version came into force in between.
 */
export const adoptPreset = (
  session: Session,
  { preset, shownFor, note }: { readonly preset: PolicyPresetName; readonly shownFor: number; readonly note?: string | undefined },
): Promise<PolicySetting> =>
  act(session, 'policy set', (context) =>
    change(context, { values: presetAssignments(preset), note: note ?? `preset ${preset}`, preset, shownFor }),
  );

/**
 * Puts weights in force that a calibration found better.
 * @param shownFor The version they were compared with: they won against no other.
 * @throws OperatorError `policy.moved` when another version came into force in between.
 */
export const adoptCalibrated = (
  session: Session,
  { values, shownFor }: { readonly values: Readonly<Record<string, string>>; readonly shownFor: number },
): Promise<PolicySetting> =>
  act(session, 'policy set', (context) => change(context, { values, note: 'calibrated to the settled invoices', shownFor }));

/**
 * What setting these values would change, and nothing more: the version given is the one it was compared with.
 * @throws OperatorError as {@link setPolicy}
 */
export const previewPolicy = (session: Session, values: Readonly<Record<string, string>>): Promise<PolicySetting> =>
  act(
    session,
    'policy show',
    async ({ company, policy }) => ({ number: company.policyNumber, changes: policyDiff(policy, setPolicyValues(policy, values)) }),
    { isReadOnly: true },
  );

interface Wanted {
  readonly values: Readonly<Record<string, string>>;
  readonly note: string | undefined;
  readonly preset?: PolicyPresetName;
  readonly shownFor?: number;
}

async function change(context: Act, { values, note, preset, shownFor }: Wanted): Promise<PolicySetting> {
  const { tx } = context;
  await lockCompany(tx);
  // Read again under the lock: somebody may have set another key since this began.
  const { policyDocument, policyNumber } = await companySettings(tx);
  if (shownFor !== undefined && shownFor !== policyNumber) throw moved(policyNumber);
  const before = parsePolicy(policyDocument);
  const after = setPolicyValues(before, values);
  const changes = policyDiff(before, after);
  if (changes.length === 0) return { number: policyNumber, changes };
  const number = policyNumber + 1;
  const id = await putPolicyInForce(tx, {
    number,
    document: after,
    note: readOptionalLine(note, 'the note', 500),
    createdBy: userIdOf(context.actor),
  });
  const detail = {
    ...Object.fromEntries(changes.map(({ key, before: from, after: to }) => [key, `${from} → ${to}`])),
    ...(preset === undefined ? {} : { preset }),
  };
  context.record({ objectKind: 'policy', objectId: id, fromState: `version ${policyNumber}`, toState: `version ${number}`, detail });
  return { number, changes };
}

const moved = (number: number): OperatorError =>
  new OperatorError({
    code: 'policy.moved',
    kind: 'refused',
    message: `Policy version ${number} came into force while this was being decided.`,
    tryThis: 'Look at the differences again: `wafa policy diff --preset NAME`, or `wafa calibrate`.',
  });

export interface PolicyHistoryEntry {
  readonly number: number;
  readonly at: Temporal.Instant;
  readonly by: string | null;
  readonly note: string | null;
  /** What it changed in the version before it. */
  readonly changes: readonly PolicyChange[];
}

/** Newest first. */
export const readPolicyHistory = (session: Session): Promise<readonly PolicyHistoryEntry[]> =>
  act(
    session,
    'policy show',
    async ({ tx }) => {
      const versions = await policyVersions(tx);
      return versions.map((version, index) => {
        const earlier = versions[index + 1];
        const changes = earlier ? policyDiff(parsePolicy(earlier.document), parsePolicy(version.document)) : [];
        return { number: version.number, at: version.createdAt, by: version.createdByName, note: version.note, changes };
      });
    },
    { isReadOnly: true },
  );
