/** Every verb that can be typed: those all faces share, and the command line's own. */
import { completionEntry, consoleEntry, daemonEntry, startEntry } from './start-entry.ts';
import { commandRegistry, type CommandRegistry } from '../app/commands/registry.ts';

export const allVerbs: CommandRegistry = [...commandRegistry, startEntry, consoleEntry, completionEntry, daemonEntry];
