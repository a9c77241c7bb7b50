import type { Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import type { Instant } from '../../domain/days.ts';
import type { UserId } from '../../domain/ids.ts';

/** Who ends something, and when. */
export const endedNow = ({ now, actor }: Act): { readonly at: Instant; readonly by: UserId | null } => ({ at: now, by: userIdOf(actor) });
