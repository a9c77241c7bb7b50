/** An operator has looked at the first mails of a release and lets the rest go. */
import { act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import type { Session } from '../session.ts';
import { goOnWithRelease, lockOpenRelease } from '../../store/sql/dispatch/releases.ts';

/** False when no release is waiting. */
export const releaseGoesOn = (session: Session): Promise<boolean> =>
  act(session, 'go', async ({ tx, actor, record }) => {
    const release = await lockOpenRelease(tx);
    if (release === undefined || release.goneOnAt !== null) return false;
    await goOnWithRelease(tx, release.id, userIdOf(actor));
    record({ objectKind: 'verb', objectId: null, reason: 'release goes on', detail: { release: release.id, passed: release.passed } });
    return true;
  });
