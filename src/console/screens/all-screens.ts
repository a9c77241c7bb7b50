/** Every screen there is, in the order of their digits. */
import { queueScreen } from './queue/queue-screen.ts';
import { reminderScreen } from './reminder/reminder-screen.ts';
import { todayScreen } from './today/today-screen.ts';
import type { AnyScreen } from '../state/screen.ts';

export const ALL_SCREENS: readonly AnyScreen[] = [todayScreen, queueScreen, reminderScreen];

export function screenNamed(name: string): AnyScreen {
  const found = ALL_SCREENS.find((screen) => screen.name === name);
  if (found === undefined) throw new Error(`There is no screen ${name}.`);
  return found;
}
