import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { previewReminder } from '../../../src/app/preview-reminder.ts';
import { activateTemplate, rollBackTemplate, storeTemplate, validateTemplate } from '../../../src/app/templates/change-templates.ts';
import { editText } from '../../../src/app/templates/open-editor.ts';
import { diffTemplate, listTemplates, previewTemplate, showTemplate } from '../../../src/app/templates/read-templates.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { startInbox, type MailInbox } from '../../support/mail-inbox.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, idOf, plan, queue, sendThrough } from '../sending-day.ts';

const database = testDatabase();
const NAME = 'consolidated/polite';

let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

const newCompany = (code: string): Promise<Session> =>
  companyWith(testInstallation(database()), { code, fromAddress: 'accounts@falcon.example' });

const edited = async (session: Session, from: string, to: string): Promise<string> =>
  (await showTemplate(session, NAME)).file.replace(from, to);

describe('the words of a company', () => {
  it('are eight templates, each with a version in force', async () => {
    const listed = await listTemplates(await newCompany('LIST'));
    expect(listed.map(({ name, activeVersion, supportsConsolidation }) => [name, activeVersion, supportsConsolidation])).toEqual([
      ...['polite', 'firm', 'urgent', 'final'].map((level) => [`consolidated/${level}`, 1, true]),
      ...['polite', 'firm', 'urgent', 'final'].map((level) => [`individual/${level}`, 1, false]),
    ]);
    expect(listed.map(({ maxInvoiceCount }) => maxInvoiceCount)).toEqual([150, 150, 150, 150, 1, 1, 1, 1]);
    expect(listed[2]?.consolidationVariables).toEqual(['invoice_count', 'oldest_days'].filter((name) => name !== 'invoice_count'));
  });

  it('change by versions that say nothing until they are activated, and go back', async () => {
    const session = await newCompany('VERSIONS');
    await importSmallLedger(session, {
      customers: [customer('C-1')],
      invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02'), invoice('C-1', 'INV-2', '3200', '2026-11-05')],
    });
    await plan(session);
    const words = async (): Promise<string> => (await previewReminder(session, idOf((await queue(session, 'PROPOSED'))[0]))).text;
    const file = await edited(session, 'courtesy note', 'friendly note');
    expect(await storeTemplate(session, NAME, file, 'warmer')).toEqual({ name: NAME, version: 2, isNew: true });
    expect(await storeTemplate(session, NAME, file)).toEqual({ name: NAME, version: 2, isNew: false });
    expect(await diffTemplate(session, NAME, {})).toMatchObject({ from: 1, to: 2 });
    expect((await diffTemplate(session, NAME, {})).lines.filter((line) => /^[-+]/.test(line))).toHaveLength(2);
    await plan(session);
    expect(await words()).toContain('courtesy note');

    expect(await activateTemplate(session, NAME, 2)).toEqual({ name: NAME, version: 2, before: 1, isChanged: true });
    expect(await activateTemplate(session, NAME, 2)).toMatchObject({ isChanged: false });
    // What waits keeps its words until it is composed anew, so nobody approves what they did not see.
    expect(await words()).toContain('courtesy note');
    await plan(session);
    expect(await words()).toContain('friendly note');

    await approveAll(session);
    expect(await rollBackTemplate(session, NAME)).toEqual({ name: NAME, version: 1, before: 2, isChanged: true });
    await plan(session);
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 1 });
    expect(inbox.received.at(-1)?.mail.text).toContain('friendly note');
    const versions = (await showTemplate(session, NAME)).versions.map(({ version, isActive, note, by }) => ({
      version,
      isActive,
      note,
      by,
    }));
    expect(versions).toEqual([
      { version: 2, isActive: false, note: 'warmer', by: 'amal' },
      { version: 1, isActive: true, note: null, by: 'amal' },
    ]);
  });

  it('that cannot be used are not stored, and every fault is told', async () => {
    const session = await newCompany('FAULTS');
    const file = await edited(session, 'courtesy note', 'court notice about {{ customer.iban }}');
    expect((await validateTemplate(session, NAME, file)).map(({ place, code }) => `${place} ${code}`)).toEqual([
      'EN body template.unknown-variable',
    ]);
    await expect(storeTemplate(session, NAME, file)).rejects.toMatchObject({ code: 'template.refused' });
    await expect(storeTemplate(session, NAME, await edited(session, 'courtesy note', 'court notice'))).rejects.toThrow(/court notice/);
    expect((await showTemplate(session, NAME)).versions).toHaveLength(1);
    await expect(rollBackTemplate(session, NAME)).rejects.toMatchObject({ code: 'template.nothing-before' });
    await expect(activateTemplate(session, NAME, 9)).rejects.toMatchObject({ code: 'template.unknown-version' });
    await expect(showTemplate(session, 'consolidated/rude')).rejects.toMatchObject({ code: 'template.unknown' });
  });

  it('stored past the program are not put in force when they threaten', async () => {
    const session = await newCompany('PAST');
    await storeTemplate(session, NAME, await edited(session, 'courtesy note', 'friendly note'));
    await database().admin.query(
      `update email_templates set texts = jsonb_set(texts, '{EN,body}', '"We call the police."') where company_id = $1 and number = 2`,
      [session.companyId],
    );
    await expect(activateTemplate(session, NAME, 2)).rejects.toMatchObject({ code: 'template.refused' });
  });

  it('can be looked at about made-up invoices, marked as a preview', async () => {
    const session = await newCompany('LOOK');
    const { subject, text } = await previewTemplate(session, NAME, { language: 'EN', invoices: 12 });
    expect(subject).toMatch(/^\[Preview\] Payment reminder/);
    expect(text).toContain('the 12 invoices below have passed their due dates');
    expect(text).toContain('Company LOOK');
    expect((await previewTemplate(session, 'individual/final', { language: 'AR' })).text).toContain('17 ديسمبر 2026');
  });

  it('open in the editor the operator named, without a shell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wafa-editor-'));
    const editor = join(folder, 'editor');
    writeFileSync(editor, '#!/bin/sh\nif [ "$1" = "--change" ]; then echo changed >> "$2"; fi\nif [ "$1" = "--fail" ]; then exit 3; fi\n');
    chmodSync(editor, 0o700);
    expect(await editText('one\n', 'a.txt', `${editor} --change`)).toBe('one\nchanged\n');
    expect(await editText('one\n', 'a.txt', editor)).toBeNull();
    for (const broken of [`${editor} --fail`, join(folder, 'nothing'), `${editor}; touch ${folder}/ran`])
      await expect(editText('one\n', 'a.txt', broken)).rejects.toThrow(/nothing was stored/);
  });
});
