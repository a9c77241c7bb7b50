/** The steps of a set-up that change the company, however they were asked for: by an option or by an answer. */
import { addUser, type ChangedPerson } from '../people/manage-users.ts';
import type { Session } from '../session.ts';
import { adoptPreset, previewPolicy } from '../set-policy.ts';
import { presetAssignments, type PolicyPresetName } from '../../domain/policy/presets.ts';

/** @throws OperatorError `policy.moved` */
export async function choosePreset(session: Session, preset: PolicyPresetName): Promise<void> {
  const { number } = await previewPolicy(session, presetAssignments(preset));
  await adoptPreset(session, { preset, shownFor: number });
}

/** One who may propose and approve. @throws OperatorError `user.exists`, `user.bad-login` */
export const addApprover = (session: Session, login: string): Promise<ChangedPerson> =>
  addUser(session, { login, roles: ['OPERATOR', 'APPROVER'], isTwoPerson: false });
