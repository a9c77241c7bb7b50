/** Wakes a daemon when somebody approved or took in something; without it the poll would find the work a few seconds later. */
import type { Installation } from '../installation.ts';
import { listenForWork, type Listener } from '../../store/connection/listen.ts';
import { applicationTarget } from '../../store/connection/target.ts';

export const listenForHints = ({ settings }: Installation, onHint: () => void): Listener =>
  listenForWork(async () => (await applicationTarget(settings)).application, onHint);
