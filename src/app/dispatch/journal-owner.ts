/**
 * Whose journal is it, and is that process still alive? Being sure of a death is what lets somebody else say that nothing was sent, so
 * whatever cannot be told for certain is `unknown`.
 */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

export const journalOwner = z.object({
  /** The sender's name in leases and attempts. */
  instance: z.uuid(),
  host: z.string(),
  pid: z.int().positive(),
  /** Changes at every start of the machine; `null` where the system does not say. */
  bootId: z.string().nullable(),
  /** Processes in another one have other numbers, even on the same host. */
  pidNamespace: z.string().nullable(),
  /** When the process started, in the kernel's ticks: a number that is used again starts at another time. */
  startedTicks: z.string().nullable(),
});

export type JournalOwner = z.output<typeof journalOwner>;

export const thisProcess = (instance: string): JournalOwner => ({
  instance,
  host: hostname(),
  pid: process.pid,
  bootId: bootId(),
  pidNamespace: pidNamespace(),
  startedTicks: startedTicks(process.pid),
});

export function lifeOf(owner: JournalOwner): 'alive' | 'dead' | 'unknown' {
  if (owner.host !== hostname()) return 'unknown';
  if (owner.bootId !== bootId()) return 'dead';
  if (owner.pidNamespace !== pidNamespace()) return 'unknown';
  if (owner.startedTicks === null) return isThere(owner.pid) ? 'alive' : 'dead';
  return startedTicks(owner.pid) === owner.startedTicks ? 'alive' : 'dead';
}

const bootId = (): string | null => attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());

const pidNamespace = (): string | null => attempt(() => readlinkSync('/proc/self/ns/pid'));

/** Field 22 of `/proc/PID/stat`; a command name may hold spaces and brackets, so the fields are counted from the last bracket. */
const startedTicks = (pid: number): string | null =>
  attempt(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  });

/** A system without `/proc`, or a process that is gone: there is nothing to read. */
function attempt<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
