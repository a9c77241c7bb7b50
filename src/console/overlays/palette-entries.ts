/** What Ctrl+P finds: every verb of the command registry and every screen, by any of its words. */
import type { ConsoleState } from '../state/console-state.ts';
import type { Intent } from '../state/intent.ts';
import { commandRegistry } from '../../app/commands/registry.ts';
import { ALL_SCREENS } from '../screens/all-screens.ts';

export interface PaletteEntry {
  readonly name: string;
  readonly about: string;
  readonly intents: readonly Intent[];
}

export function paletteEntries(_state: ConsoleState, filter: string): readonly PaletteEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ name, about }: PaletteEntry): boolean => words.every((word) => `${name} ${about}`.toLowerCase().includes(word));
  const startsWith = ({ name }: PaletteEntry): number => Number(words.length > 0 && name.startsWith(words[0] ?? ''));
  return ALL_ENTRIES.filter(fits).sort((a, b) => startsWith(b) - startsWith(a));
}

const ALL_ENTRIES: readonly PaletteEntry[] = [
  ...ALL_SCREENS.filter(({ digit }) => digit !== null).map((screen): PaletteEntry => ({
    name: screen.title,
    about: `screen ${screen.digit ?? ''}`,
    intents: [{ kind: 'open', screen: screen.name, about: {} }],
  })),
  ...commandRegistry.map(({ name, summary }): PaletteEntry => ({
    name,
    about: summary,
    intents: [{ kind: 'command-line', text: `${name} ` }],
  })),
];
