/**
 * The daemon's intake: takes in what ledger programs drop into a company's folder. A slot is a minute in which a file lies there and has
 * stopped growing; an empty folder costs nothing but a look. Only one daemon takes a slot; a folder that is on one machine alone is seen
 * by that machine's daemon alone.
 */
import { join } from 'node:path';
import { newFolderMemory, hasFilesToTake, takeInFolder, type FolderMemory } from '../import/take-in-folder.ts';
import type { Session } from '../session.ts';
import type { Instant } from '../../domain/days.ts';
import type { Job } from './jobs.ts';

/** One for each daemon: it remembers between two looks what the files were like. */
export function openIntake(): Job {
  const memories = new Map<string, FolderMemory>();
  const memoryOf = (folder: string): FolderMemory => {
    const memory = memories.get(folder) ?? newFolderMemory();
    memories.set(folder, memory);
    return memory;
  };
  return {
    name: 'intake',
    // Looked at in every round of jobs, a few times a minute.
    cron: null,
    slotAt: async (session, now) => {
      const folder = intakeFolder(session);
      return folder !== null && (await hasFilesToTake(folder, memoryOf(folder))) ? minuteOf(now) : null;
    },
    run: async (session) => {
      const folder = intakeFolder(session);
      if (folder === null) return 'no folder';
      const taken = await takeInFolder(session, folder, memoryOf(folder));
      const rejected = taken.filter(({ result }) => result.kind === 'rejected').length;
      return `${taken.length - rejected} taken in, ${rejected} rejected`;
    },
  };
}

/** In a folder per company, named by its code: files of one never reach another. */
function intakeFolder({ installation, companyCode }: Session): string | null {
  const root = installation.configuration.env['WAFA_INTAKE_FOLDER'] ?? '';
  return root === '' ? null : join(root, companyCode);
}

const minuteOf = (now: Instant): Instant => now.round({ smallestUnit: 'minute', roundingMode: 'floor' });
