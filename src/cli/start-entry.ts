/** Verbs that are the command line's alone: `start`, the first day in one command, and `console`, which is the other face. */
import type { RegistryEntry } from '../app/commands/registry.ts';

export const startEntry: RegistryEntry = {
  name: 'start',
  group: 'set up',
  summary: 'Get everything going and show the top of the queue (npm start)',
  load: async () => (await import('./start.ts')).startCommand,
};

export const consoleEntry: RegistryEntry = {
  name: 'console',
  group: 'reminders',
  summary: 'Open the console; what `wafa` alone does on a terminal',
  load: async () => (await import('./console.ts')).consoleCommand,
};
