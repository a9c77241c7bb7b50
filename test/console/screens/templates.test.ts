/** Templates on the screen: what is in force, what is being written, and what each key asks of `wafa templates`. */
import { describe, expect, it } from 'vitest';

import type { ListedTemplate } from '../../../src/app/templates/read-templates.ts';
import { cellWidth } from '../../../src/cli/cell-width.ts';
import { AConsole } from '../a-console.ts';

const template = (name: string, changes: Partial<ListedTemplate> = {}): ListedTemplate => ({
  name,
  activeVersion: 1,
  versions: 1,
  draftVersion: null,
  versionBefore: null,
  supportsConsolidation: name.startsWith('consolidated'),
  maxInvoiceCount: name.startsWith('consolidated') ? 150 : 1,
  consolidationVariables: ['invoice_count'],
  activatedAt: '2026-11-01T05:00:00Z',
  ...changes,
});

function onTemplates(columns = 120, rows = 40): AConsole {
  const desk = new AConsole(columns, rows);
  desk.types('8');
  desk.answered([
    template('consolidated/polite'),
    template('consolidated/firm', { activeVersion: 2, versions: 3, draftVersion: 3, versionBefore: 1 }),
    template('individual/polite'),
  ]);
  return desk;
}

describe('the list of templates', () => {
  it.each([60, 80, 120, 200])('says at %i columns what is in force and what is only a draft', (columns) => {
    const desk = onTemplates(columns, 24);
    const frame = desk.frame();
    expect(frame.map(cellWidth)).toEqual(frame.map(() => columns));
    expect(frame.find((line) => line.includes('FIRM'))).toMatch(/version 2 +version 3/);
    expect(frame.join('\n')).toContain('1 draft');
  });

  it('cannot activate what has no draft, nor take back what was never changed, and says so', () => {
    const desk = onTemplates();
    desk.types('a');
    expect(desk.text()).toContain('Not now: there is no draft.');
    desk.types('b');
    expect(desk.text()).toContain('Not now: no other version was ever in force.');
    expect(desk.verbs()).toEqual([]);
  });
});

describe('what is done to a template', () => {
  it('is agreed to before a draft is put in force', () => {
    const desk = onTemplates();
    desk.types('j');
    desk.happens({ kind: 'pulse', atMs: 0, pulse: { ...desk.state.pulse!, roles: ['OPERATOR'] } });
    desk.types('a');
    expect(desk.text()).toContain('templates activate needs');
    expect(desk.verbs()).toEqual([]);
    desk.happens({ kind: 'pulse', atMs: 0, pulse: { ...desk.state.pulse!, roles: ['APPROVER'] } });
    desk.types('a');
    expect(desk.text()).toContain('Put version 3 of consolidated/firm in force?');
    desk.painted();
    desk.types('y');
    expect(desk.verbs()).toEqual([['templates', 'activate', 'consolidated/firm', '--version', '3']]);
  });

  it.each([
    ['p', ['preview', 'consolidated/firm', '--language', 'EN_AR']],
    ['P', ['preview', 'consolidated/firm', '--version', '3', '--language', 'EN_AR']],
    ['c', ['validate', 'consolidated/firm', '--version', '3']],
    ['d', ['diff', 'consolidated/firm']],
    ['e', ['edit', 'consolidated/firm', '--version', '3']],
  ])('%s runs wafa templates', (key, words) => {
    const desk = onTemplates();
    desk.happens({ kind: 'pulse', atMs: 0, pulse: { ...desk.state.pulse!, roles: ['ADMIN'] } });
    desk.types(`j${key}`);
    expect(desk.verbs()).toEqual([['templates', ...words]]);
  });
});

describe('a page that is open', () => {
  it('goes to the pager by v and to the editor by e', () => {
    const desk = onTemplates();
    desk.happens({
      kind: 'verb-ended',
      atMs: 0,
      ending: {
        words: ['templates', 'preview', 'consolidated/firm'],
        isDone: true,
        summary: 'done',
        page: [{ kind: 'line', text: 'Dear customer' }],
        undo: null,
        undoUntil: null,
      },
    });
    desk.types('ve');
    expect(desk.effects.filter(({ kind }) => kind === 'outside')).toMatchObject([
      { program: 'pager', page: [{ text: 'Dear customer' }] },
      { program: 'editor', page: [{ text: 'Dear customer' }] },
    ]);
  });
});
