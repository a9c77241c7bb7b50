/** The kill switch over every company of the installation: asked at every gate, so it takes effect within seconds everywhere. */
import { act } from './act.ts';
import { readLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { sendingSwitches, setSendingStopped } from '../store/sql/dispatch/gate-locks.ts';

export interface KillSwitch {
  /** Why everything is stopped; `null` while it is not. */
  readonly stopped: string | null;
}

export const readKillSwitch = (session: Session): Promise<KillSwitch> =>
  act(
    session,
    'kill-switch show',
    async ({ tx }) => {
      const { isSendingStopped, sendingStoppedReason } = await sendingSwitches(tx);
      return { stopped: isSendingStopped ? (sendingStoppedReason ?? 'all sending is stopped') : null };
    },
    { isReadOnly: true },
  );

/** @throws OperatorError `input.*` without a reason. */
export const stopAllSending = (session: Session, reason: string): Promise<KillSwitch & { readonly moved: boolean }> =>
  act(session, 'kill-switch', async ({ tx, record }) => {
    const why = readLine(reason, 'the reason', 500);
    const moved = await setSendingStopped(tx, why);
    if (moved) record({ objectKind: 'verb', objectId: null, toState: 'STOPPED', reason: why });
    return { stopped: why, moved };
  });

export const allowSending = (session: Session): Promise<KillSwitch & { readonly moved: boolean }> =>
  act(session, 'kill-switch', async ({ tx, record }) => {
    const moved = await setSendingStopped(tx, null);
    if (moved) record({ objectKind: 'verb', objectId: null, toState: 'RUNNING' });
    return { stopped: null, moved };
  });
