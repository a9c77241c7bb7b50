/**
 * Takes a person through the set-up of a company, one step after another. Each step is kept as it is answered, so a set-up that was broken off
 * goes on where it was: what is there is not asked again. Nothing of it lets mail reach a customer.
 */
import { addApprover, choosePreset } from './company-steps.ts';
import { askUntilRight, type Asking } from './ask-until-right.ts';
import { askForMailServer } from './mail-steps.ts';
import { setupState } from '../../store/sql/setup-state.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { POLICY_PRESET_NAMES, POLICY_PRESETS } from '../../domain/policy/presets.ts';
import { act } from '../act.ts';
import type { Environment } from '../configuration/read-configuration.ts';
import type { Session } from '../session.ts';

/** @param importFile Imports one file and says what came of it. @returns the settings as they are now. */
export async function guideThrough(
  session: Session,
  env: Environment,
  asking: Asking,
  importFile: (path: string) => Promise<void>,
): Promise<Environment> {
  const settings = await askForMail(env, asking);
  await askForRules(session, asking);
  await askForApprover(session, asking);
  await askForLedger(session, asking, importFile);
  return settings;
}

async function askForMail(env: Environment, asking: Asking): Promise<Environment> {
  const withServer = env['SMTP_URL'] ? env : await askForMailServer(asking, env, 'SMTP');
  return withServer['IMAP_URL'] ? withServer : await askForMailServer(asking, withServer, 'IMAP');
}

async function askForRules(session: Session, asking: Asking): Promise<void> {
  const { number } = await act(session, 'policy show', async ({ company }) => ({ number: company.policyNumber }), { isReadOnly: true });
  if (number > 1) return;
  asking.say('How you remind. Every number behind these can be changed later (`wafa policy`):');
  for (const { name, about } of Object.values(POLICY_PRESETS)) asking.say(`  ${name.padEnd(9)} ${about}`);
  const name = await askUntilRight(asking, 'Which one (Enter: standard)?', oneOf(POLICY_PRESET_NAMES));
  if (name === null || name === 'standard') return;
  await choosePreset(session, name);
}

async function askForApprover(session: Session, asking: Asking): Promise<void> {
  const { approvers } = await stateOf(session);
  if (approvers > 1) return;
  asking.say('You may propose, approve and configure alone. With a second person each approval can be somebody else’s.');
  await askUntilRight(asking, 'The login of a second person who approves (Enter: you alone):', async (login) => {
    const { user } = await addApprover(session, login);
    asking.say(`  ${user.login} may propose and approve.`);
  });
}

async function askForLedger(session: Session, asking: Asking, importFile: (path: string) => Promise<void>): Promise<void> {
  const { hasInvoices } = await stateOf(session);
  if (hasInvoices) return;
  asking.say(
    'Your ledger: customers first, then invoices and payments; docs/import.md names the programs whose exports are understood. Changing over from',
  );
  asking.say(
    'another system, give customers the columns last_contact_on and last_level, so that nobody is written to too soon or too gently.',
  );
  for (;;) {
    const imported = await askUntilRight(asking, 'A file (Enter: enough):', async (path) => (await importFile(path), true));
    if (imported === null) return;
  }
}

const stateOf = (session: Session) => act(session, 'company show', ({ tx, now }) => setupState(tx, now), { isReadOnly: true });

const oneOf =
  <Word extends string>(words: readonly Word[]) =>
  (text: string): Word => {
    const found = words.find((word) => word === text.toLowerCase());
    if (found !== undefined) return found;
    throw new OperatorError({
      code: 'setup.bad-word',
      kind: 'usage',
      message: `That is none of ${words.join(', ')}.`,
      tryThis: 'Type one of them.',
    });
  };
