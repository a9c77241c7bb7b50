/** Whoever works for one company learns nothing of another, by no verb and no function, whatever they know of it already. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { commandRegistry } from '../../src/app/commands/registry.ts';
import { OperatorError } from '../../src/domain/operator-error.ts';
import { oneShot } from '../hostile/one-shot.ts';
import { testDatabase } from '../support/database.ts';
import { APP_CALLS, functionsOfSessions, NOT_ENTERED } from './app-calls.ts';
import { leaksIn, mailTexts, rowsOf, tableHashes } from './leak.ts';
import { anonymous, workTwoCompanies, type TwoCompanies } from './two-companies.ts';
import { VERB_LINES, type Named } from './verbs.ts';

const database = testDatabase();
let two: TwoCompanies;

beforeAll(async () => {
  two = await workTwoCompanies(database());
});
afterAll(() => two.inbox.close());

describe('the other company is there', () => {
  it('in every table mine is in, with its mark in most of them', async () => {
    const [mine, theirs] = [await rowsOf(database().admin, two.mine.companyId), await rowsOf(database().admin, two.theirs.companyId)];
    const filled = Object.keys(mine).filter((table) => (mine[table] ?? []).length > 0);
    expect(filled.filter((table) => (theirs[table] ?? []).length === 0)).toEqual([]);
    expect(filled.length).toBeGreaterThan(18);
    const marked = filled.filter((table) => leaksIn((theirs[table] ?? []).join('\n'), two.mark).length > 0);
    expect(marked.length).toBeGreaterThanOrEqual(13);
    expect(leaksIn(Object.values(mine).flat().join('\n'), two.mark)).toEqual([]);
  });

  it('and its own people see the mark by the same means', async () => {
    const id = String(two.existing.reminders[0]);
    for (const line of [['queue'], ['show', id], ['preview', id], ['explain', 'C-1'], ['company', 'show'], ['user', 'list']]) {
      const { stdout, stderr } = await oneShot(two.theirs.installation, ['--company', 'BETA', ...line]);
      expect([line, leaksIn(stdout + stderr, two.mark).length > 0]).toEqual([line, true]);
    }
  });
});

/** Runs a line as my company's operator, and the same line about what is nowhere: whoever asks must not be able to tell them apart. */
async function compareLines(line: readonly string[], twin: readonly string[]): Promise<void> {
  const mine = line.includes('--company') ? [] : ['--company', 'ALPHA'];
  const shown = await oneShot(two.mine.installation, [...mine, ...line]);
  expect(leaksIn(shown, two.mark)).toEqual([]);
  expect([line, shown.bugs]).toEqual([line, []]);
  if (line.join(' ') === twin.join(' ')) return;
  const same = await oneShot(two.mine.installation, [...mine, ...twin]);
  const words = ({ exitCode, stdout, stderr }: typeof shown, named: Named): unknown => [
    exitCode,
    anonymous(stdout, named),
    anonymous(stderr, named),
  ];
  expect([line, words(shown, two.existing)]).toEqual([line, words(same, two.nowhere)]);
}

/** A code is what the companies of an installation share, and a file's path differs by itself. */
const TOLD_APART: ReadonlySet<string> = new Set(['init', 'import']);

describe('every verb', () => {
  it('has its command lines here', () => {
    expect(commandRegistry.map(({ name }) => name).filter((name) => VERB_LINES[name] === undefined)).toEqual([]);
  });

  it.each(commandRegistry.map(({ name }) => name))('%s shows nothing of the other company and leaves it untouched', async (name) => {
    const before = await tableHashes(database().admin, two.theirs.companyId);
    const [lines, twins] = [(await VERB_LINES[name]?.(two.existing)) ?? [], (await VERB_LINES[name]?.(two.nowhere)) ?? []];
    for (const [index, line] of lines.entries()) {
      const twin = TOLD_APART.has(name) ? line : (twins[index] ?? []);
      await compareLines(line, twin);
      if (!line.includes('--csv')) await compareLines(['--json', ...line], ['--json', ...twin]);
    }
    expect(await tableHashes(database().admin, two.theirs.companyId)).toEqual(before);
  });

  it('import says the same of what is elsewhere and of what is nowhere', async () => {
    const said = async (named: Named): Promise<readonly string[]> => {
      const texts: string[] = [];
      for (const [, path] of (await VERB_LINES['import']?.(named)) ?? []) {
        // The words of import that read no file (list, undo, mapping) are compared with the other verbs.
        if (path?.includes('/') !== true) continue;
        const { exitCode, stderr } = await oneShot(two.mine.installation, ['--company', 'ALPHA', 'import', path ?? '']);
        texts.push(`${exitCode} ${anonymous(stderr, named)}`);
      }
      return texts;
    };
    const words = await said(two.existing);
    expect(words).toEqual(await said(two.nowhere));
    expect(words.every((text) => text.startsWith('1 '))).toBe(true);
  });
});

describe('every function a session is given to', () => {
  it('is called here', () => {
    const names = functionsOfSessions();
    expect(names.length).toBeGreaterThan(35);
    expect(names.filter((name) => APP_CALLS[name] === undefined && !NOT_ENTERED.includes(name))).toEqual([]);
  });

  it.each(Object.keys(APP_CALLS))('%s gives nothing of the other company away', async (name) => {
    const before = await tableHashes(database().admin, two.theirs.companyId);
    const outcome: unknown = await Promise.resolve()
      .then(() => APP_CALLS[name]?.(two.mine, two.existing))
      .catch((error: unknown) => error);
    expect(outcome instanceof Error && !(outcome instanceof OperatorError) ? outcome : 'an answer or a refusal').toBe(
      'an answer or a refusal',
    );
    const told = outcome instanceof Error ? [outcome, outcome.message, outcome.stack, outcome.cause] : outcome;
    expect(leaksIn(told, two.mark)).toEqual([]);
    expect(await tableHashes(database().admin, two.theirs.companyId)).toEqual(before);
  });
});

describe('after all of it', () => {
  it('no mail carried a word of the other company', () => {
    expect(two.inbox.received.length).toBeGreaterThan(0);
    expect(two.inbox.received.flatMap((received) => leaksIn(mailTexts(received), two.mark))).toEqual([]);
  });

  it('no file that was written holds one', async () => {
    const files = (await readdir(two.existing.folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const { parentPath, name } of files) expect(leaksIn(await readFile(join(parentPath, name), 'utf8'), two.mark)).toEqual([]);
  });

  it('my own rows, the audit among them, hold nothing of it', async () => {
    const rows = await rowsOf(database().admin, two.mine.companyId);
    expect(Object.values(rows).flatMap((table) => leaksIn(table.join('\n'), two.mark))).toEqual([]);
    expect(rows['audit_logs']?.length).toBeGreaterThan(30);
  });
});
