/** `start`, the first day in one command, is the command line's alone: it only puts other verbs together and shows what they say. */
import type { RegistryEntry } from '../app/commands/registry.ts';

export const startEntry: RegistryEntry = {
  name: 'start',
  group: 'set up',
  summary: 'Get everything going and show the top of the queue (npm start)',
  load: async () => (await import('./start.ts')).startCommand,
};
