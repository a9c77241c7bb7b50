import { beforeAll, describe, expect, it } from 'vitest';

import { confirmBank, listBankAccounts, proposeBankAccount, withdrawBankAccount } from '../../../src/app/bank/bank-accounts.ts';
import { previewTemplate } from '../../../src/app/templates/read-templates.ts';
import type { Session } from '../../../src/app/session.ts';
import { readIban } from '../../../src/domain/iban.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';
import { at } from '../sending-day.ts';

const database = testDatabase();
const FIRST = { bankName: 'Emirates NBD', accountName: 'Falcon LLC', iban: 'AE07 0331 2345 6789 0123 456', currency: 'AED' };
const SECOND = { ...FIRST, bankName: 'Mashreq', iban: 'SA03 8000 0000 6080 1016 7519' };
const TOMORROW = '2026-11-24T10:00:00+04:00';

const printed = async (session: Session): Promise<readonly string[]> => {
  const { text } = await previewTemplate(session, 'consolidated/polite', { language: 'EN' });
  return [...text.matchAll(/^IBAN: (.*)$/gm)].map(([, iban = '']) => iban);
};

let amal: Session;
let bader: Session;
beforeAll(async () => {
  amal = await companyWith(testInstallation(database()), { code: 'BANK' });
  await database().admin.query('update companies set is_one_person = false where company_id = $1', [amal.companyId]);
  bader = await sessionOf(database(), amal, 'bader', ['APPROVER']);
});

describe('a bank account', () => {
  it('is printed a day after somebody else confirmed it, and not a moment sooner', async () => {
    const id = await proposeBankAccount(amal, FIRST);
    await expect(confirmBank(amal, id)).rejects.toMatchObject({ code: 'bank.four-eyes' });
    expect(await printed(await at(amal, TOMORROW))).toEqual([]);
    expect((await confirmBank(bader, id)).toString()).toBe('2026-11-24T06:00:00Z');
    expect(await printed(await at(amal, '2026-11-24T09:59:59+04:00'))).toEqual([]);
    expect(await printed(await at(amal, TOMORROW))).toEqual(['AE07 0331 2345 6789 0123 456']);
    await expect(confirmBank(bader, id)).rejects.toMatchObject({ code: 'bank.not-proposed' });
    await expect(proposeBankAccount(amal, FIRST)).rejects.toMatchObject({ code: 'bank.already-there' });
  });

  it('takes the place of another in the same moment, and gives it back when it is withdrawn before', async () => {
    const later = await at(amal, TOMORROW);
    const [{ id: old } = { id: undefined }] = await listBankAccounts(later);
    const replacement = await proposeBankAccount(later, { ...SECOND, replaces: old });
    await confirmBank(await at(bader, TOMORROW), replacement);
    expect(await printed(await at(amal, '2026-11-25T09:59:00+04:00'))).toEqual(['AE07 0331 2345 6789 0123 456']);
    expect(await printed(await at(amal, '2026-11-25T10:00:00+04:00'))).toEqual(['SA03 8000 0000 6080 1016 7519']);
    await withdrawBankAccount(later, replacement);
    expect(await printed(await at(amal, '2026-11-26T10:00:00+04:00'))).toEqual(['AE07 0331 2345 6789 0123 456']);
    expect((await listBankAccounts(later)).map(({ state }) => state)).toEqual(['in force', 'retired']);
    await expect(withdrawBankAccount(later, replacement)).rejects.toMatchObject({ code: 'bank.retired' });
  });

  it('leaves who and when in the audit, and no number', async () => {
    const { rows } = await database().admin.query<{ detail: unknown; to_state: string }>(
      `select to_state, detail from audit_logs where company_id = $1 and object_kind = 'bank-account' order by id`,
      [amal.companyId],
    );
    expect(rows.map(({ to_state: state }) => state)).toEqual(expect.arrayContaining(['PROPOSED', 'CONFIRMED', 'RETIRED']));
    expect(JSON.stringify(rows)).not.toMatch(/0331|8000/);
  });

  it.each([
    ['AE07 0331 2345 6789 0123 457', 'has wrong check digits: one of its characters is mistyped'],
    ['AE07 0331 2345 6789 0123 45', 'has 22 characters; IBANs of AE have 23'],
    ['1234567890', 'is not an IBAN: two letters, two digits, then the account'],
    ['AE07\u200B0331 2345 6789 0123 456', 'is not an IBAN: two letters, two digits, then the account'],
  ])('%s is refused', async (iban, why) => {
    expect(readIban(iban)).toEqual({ ok: false, why });
    await expect(proposeBankAccount(amal, { ...FIRST, iban })).rejects.toMatchObject({ code: 'bank.bad-iban' });
  });
});
