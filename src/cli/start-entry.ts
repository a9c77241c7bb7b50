/** Verbs that are the command line's alone: `start`, the first day in one command, those that open another face, and what shells complete. */
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

export const daemonEntry: RegistryEntry = {
  name: 'daemon',
  group: 'running',
  summary: 'Plan, send and look after everything by the clock, until it is told to stop',
  load: async () => (await import('../daemon/daemon-command.ts')).daemonCommand,
};

export const completionEntry: RegistryEntry = {
  name: 'completion',
  group: 'set up',
  summary: 'Print the script that lets a shell complete verbs and options',
  load: async () => (await import('./completion/completion-command.ts')).completionCommand,
};
