import { describe, expect, test } from 'vitest';

import { DUBAI, REMINDER, REMINDERS, RUN, shownAt, STATUS } from './shown.ts';
import { csvText } from '../../src/cli/csv-text.ts';
import { batchPresenter } from '../../src/cli/present/batch.ts';
import { explainPresenter } from '../../src/cli/present/explain.ts';
import { genericPresenter } from '../../src/cli/present/generic.ts';
import { importPresenter } from '../../src/cli/present/import.ts';
import { planPresenter } from '../../src/cli/present/plan.ts';
import { policyPresenter } from '../../src/cli/present/policy.ts';
import { previewPresenter } from '../../src/cli/present/preview.ts';
import { queuePresenter } from '../../src/cli/present/queue.ts';
import { runsPresenter } from '../../src/cli/present/runs.ts';
import { sendPresenter } from '../../src/cli/present/send.ts';
import { showPresenter } from '../../src/cli/present/show.ts';
import { startPresenter } from '../../src/cli/present/start.ts';
import { statusPresenter } from '../../src/cli/present/status.ts';
import { asId } from '../../src/domain/ids.ts';

describe('the queue', () => {
  const page = queuePresenter.page({ reminders: REMINDERS, next: null }, DUBAI);

  test('in 120 columns shows everything', () =>
    expect(shownAt(page, 120)).toMatchInlineSnapshot(`
    " ID  SCORE  CUSTOMER  NAME                         LEVEL   ITEMS  DAYS                            ASKED  STATUS
     41     52  C-17      Al Noor General Trading LLC  POLITE      2    21                     AED 8,200.00  to approve
      7     91  C-2       ⁨شركة المنار للمقاولات⁩        URGENT     14    63  AED 1,250,000.50 + USD 4,000.00  check
    112      3  C-301     =HYPERLINK("http://x")␛[2J   POLITE      1    21                       KWD 12.500  to approve
    "
  `));
  test('in 80 columns cuts names', () =>
    expect(shownAt(page, 80)).toMatchInlineSnapshot(`
    " ID  SCORE  CUSTOMER  NAME         LEVEL   DAYS                            ASKED
     41     52  C-17      Al Noor Ge…  POLITE    21                     AED 8,200.00
      7     91  C-2       ⁨شركة المنا…⁩  URGENT    63  AED 1,250,000.50 + USD 4,000.00
    112      3  C-301     =HYPERLINK…  POLITE    21                       KWD 12.500
    "
  `));
  test('in 60 columns still shows who, how firmly and how much', () =>
    expect(shownAt(page, 60)).toMatchInlineSnapshot(`
    " ID  SCORE  CUSTOMER  LEVEL                             ASKED
     41     52  C-17      POLITE                     AED 8,200.00
      7     91  C-2       URGENT  AED 1,250,000.50 + USD 4,000.00
    112      3  C-301     POLITE                       KWD 12.500
    "
  `));

  test('says how to get the next page', () => {
    expect(shownAt(queuePresenter.page({ reminders: [], next: '310000.21.41' }, DUBAI), 80)).toBe('  → more: add --after 310000.21.41\n');
  });

  test('as CSV has one row per currency, and no name becomes a formula', () => {
    const csv = csvText(queuePresenter.csv!({ reminders: REMINDERS, next: null }));
    expect(csv.split('\r\n')).toHaveLength(1 + 4 + 1);
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")␛[2J"`);
  });
});

describe('a run', () => {
  test('says what was found, proposed and left, and why', () =>
    expect(shownAt(planPresenter.page({ run: RUN }, DUBAI), 80)).toMatchInlineSnapshot(`
      "Run 7, as of Wed 1 May 2013
      Overdue    15 items of 12 customers
      Reminders  12 (3 CONSOLIDATED, 9 INDIVIDUAL)
      Asked      AED 1,134.62
      Covered    15 items; 3 emails fewer (20 %)
      Now        12 to approve

      90 customers not written to, because:
        88  nothing overdue
         2  everything overdue is blocked (dispute, promise, cheque …)
      "
    `));

  test('that was only looked at says so', () => {
    expect(shownAt(planPresenter.page({ run: { ...RUN, id: null } }, DUBAI), 80)).toMatch(/^Not stored, as of Wed 1 May 2013\n/);
  });

  test('among others is one line', () => {
    const page = runsPresenter.page({ runs: [RUN, { ...RUN, id: 6, asOn: '2013-04-30', totals: [] }] }, DUBAI);
    expect(shownAt(page, 80)).toMatchInlineSnapshot(`
      "RUN  AS OF       OVERDUE  CUSTOMERS  REMINDERS  FEWER EMAILS         ASKED
        7  2013-05-01       15         12         12             3  AED 1,134.62
        6  2013-04-30       15         12         12             3          none
      "
    `);
  });
});

describe('one reminder', () => {
  const page = showPresenter.page({ reminder: REMINDER }, DUBAI);

  test('in 120 columns', () =>
    expect(shownAt(page, 120)).toMatchInlineSnapshot(`
      "Reminder 41: C-17 Al Noor General Trading LLC
      شركة النور للتجارة العامة
      Status          to approve
      Type and level  CONSOLIDATED, POLITE
      Why             2 items are overdue; the first reminder of this episode
      To              Accounts <accounts@alnoor.test>, EN_AR
      Asks            AED 8,200.00 for 2 items, the oldest 21 days past due
      Scheduled       Mon 23 Nov 2026 09:00 +04:00
      Needs a person  every reminder of this company does
      Next contact    not before Mon 30 Nov 2026

      NUMBER   REFERENCE  BRANCH  DUE                DAYS        BALANCE          ASKED
      INV-104  LPO-5581   C-17    2026-11-01           21   AED 9,200.00   AED 9,200.00
      CN-8                C-17                credit note  AED -1,000.00  AED -1,000.00

      Score 52: AED 3,100.00 at risk = AED 8,200.00 × 38 % still unpaid in 30 days
        raised by age: 21 days
        lowered by customer for: 6 years

      History
      AT                            WHO     WHAT  THEN      WHY
      Sun 22 Nov 2026 08:00 +04:00  mariam  plan  PROPOSED
      "
    `));
  test('in 60 columns', () =>
    expect(shownAt(page, 60)).toMatchInlineSnapshot(`
      "Reminder 41: C-17 Al Noor General Trading LLC
      شركة النور للتجارة العامة
      Status          to approve
      Type and level  CONSOLIDATED, POLITE
      Why             2 items are overdue; the first reminder of
                      this episode
      To              Accounts <accounts@alnoor.test>, EN_AR
      Asks            AED 8,200.00 for 2 items, the oldest 21 days
                      past due
      Scheduled       Mon 23 Nov 2026 09:00 +04:00
      Needs a person  every reminder of this company does
      Next contact    not before Mon 30 Nov 2026

      NUMBER   BRANCH  DUE                DAYS          ASKED
      INV-104  C-17    2026-11-01           21   AED 9,200.00
      CN-8     C-17                credit note  AED -1,000.00

      Score 52: AED 3,100.00 at risk = AED 8,200.00 × 38 % still
      unpaid in 30 days
        raised by age: 21 days
        lowered by customer for: 6 years

      History
      AT                            WHO     WHAT  THEN      WHY
      Sun 22 Nov 2026 08:00 +04:00  mariam  plan  PROPOSED
      "
    `));
});

test('an explanation gives the answer first, then the facts', () => {
  const page = explainPresenter.page(
    {
      customer: 'C-17',
      asOn: '2026-11-23',
      decision: 'skip',
      reason: { code: 'contact-interval', until: '2026-11-27' },
      alsoTrue: [],
      facts: {
        name: 'Al Noor',
        overdueItems: 1,
        items: [
          {
            kind: 'INVOICE',
            number: 'INV-104',
            invoiceId: asId<'invoice'>(3),
            dueOn: '2026-11-01',
            daysPastDue: 22,
            balance: { currency: 'AED', amount: '9200.00' },
          },
        ],
        blocks: [{ id: asId<'block'>(1), kind: 'PROMISE', invoiceId: null, reason: 'by phone', untilOn: '2026-11-26' }],
        lastContact: { on: '2026-11-20', level: 'POLITE' },
        recipients: [{ name: 'Accounts', address: 'accounts@alnoor.test', isPrimary: true, suppressedWhy: null }],
        behaviour: {} as never,
        preference: 'ENABLED',
        collectionStatus: 'NORMAL',
      },
      reminderId: null,
      nextContactOn: null,
      repliedOn: null,
      inboxStaleSince: null,
    },
    { ...DUBAI, notes: ['Nothing is sent to Al Noor before Fri 27 Nov 2026.'] },
  );
  expect(shownAt(page, 80)).toMatchInlineSnapshot(`
    "C-17 Al Noor, as of Mon 23 Nov 2026
    Nothing is sent to Al Noor before Fri 27 Nov 2026.

    Collection    NORMAL, consolidation ENABLED
    Last contact  Fri 20 Nov 2026, POLITE
    Address       Accounts <accounts@alnoor.test>
    Block         PROMISE until Thu 26 Nov 2026: by phone

    NUMBER   KIND     DUE         DAYS       BALANCE
    INV-104  INVOICE  2026-11-01    22  AED 9,200.00
    "
  `);
});

describe('a preview', () => {
  const preview = {
    id: asId<'reminder'>(41),
    from: 'ar@acme.test',
    to: 'accounts@alnoor.test',
    subject: 'Overdue: \u2068AED 8,200.00\u2069',
    text: 'Dear Al Noor,\n\u2068INV-104\u2069\tdue\u001B[2J\n',
    html: '<p>INV-104</p>\n',
    eml: 'Subject: x\r\n\r\nbody\r\n',
    attachments: [],
    renderHash: 'h',
  };

  test('shows whom it goes to and the text, line by line, without direction marks or controls', () => {
    expect(shownAt(previewPresenter.page({ part: 'text', preview }, DUBAI), 80)).toMatchInlineSnapshot(`
      "From     ar@acme.test
      To       accounts@alnoor.test
      Subject  Overdue: AED 8,200.00

      Dear Al Noor,
      INV-104␉due␛[2J
      "
    `);
  });

  test('of the HTML part keeps the direction marks in a form that a terminal does not obey', () => {
    const page = previewPresenter.page({ part: 'html', preview: { ...preview, html: '<p>\u2068INV-104\u2069</p>\n' } }, DUBAI);
    expect(shownAt(page, 80)).toBe('<p>&#x2068;INV-104&#x2069;</p>\n');
  });

  test('of the whole message is the message', () => {
    expect(shownAt(previewPresenter.page({ part: 'eml', preview }, DUBAI), 80)).toBe('Subject: x\n\nbody\n');
  });
});

test('sending into the outbox says that it reached nobody', () => {
  const data = {
    sent: 12,
    uncertain: 0,
    rejected: 0,
    failed: 0,
    deferred: 2,
    needsReview: 0,
    cancelled: 0,
    nextAt: '2026-11-23T05:00:00Z',
    stopped: null,
    requested: { sent: 0, uncertain: 0, rejected: 0, failed: 0, deferred: 0, cancelled: 0 },
  };
  expect(shownAt(sendPresenter.page({ ...data, transport: 'outbox' }, DUBAI), 80)).toMatchInlineSnapshot(`
    "Sent     12 into the outbox folder: to nobody
    Waiting  2
    Next     Mon 23 Nov 2026 09:00 +04:00
    "
  `);
});

test('the status', () =>
  expect(shownAt(statusPresenter.page(STATUS, DUBAI), 80)).toMatchInlineSnapshot(`
    "ACME Acme Trading LLC (sample ledger)
    Now       Sun 22 Nov 2026 22:00 +04:00
    Mail      goes to the OUTBOX folder: it is not sent to anyone
    Sending   the window opens Mon 23 Nov 2026 09:00 +04:00
    Ledger    invoices up to Sun 22 Nov 2026, receipts none yet: until they come in,
              a person approves everything
    Last run  run 7 as of Sun 22 Nov 2026, 12 reminders
    Work      nothing is due
    Daemons   none runs; \`wafa send\` sends

    REMINDERS  STATUS      OLDEST
           12  to approve  2026-11-22

    FOR A PERSON  WHAT              OLDEST
               2  returned cheques  2026-11-19
    "
  `));

test('the first screen: the run, the top of the queue, where mail goes, what to type next', () => {
  const { company, transport, sending, clockOverridden, now } = STATUS;
  const data = { company, transport, sending, clockOverridden, now, run: RUN, reminders: REMINDERS, next: null };
  const page = startPresenter.page(data, { ...DUBAI, notes: ['Look at one: `./bin/wafa show ID`'] });
  expect(shownAt(page, 80)).toMatchInlineSnapshot(`
    "ACME Acme Trading LLC (a sample ledger: nobody in it is real)

    Run 7, as of Wed 1 May 2013
    Overdue    15 items of 12 customers
    Reminders  12 (3 CONSOLIDATED, 9 INDIVIDUAL)
    Asked      AED 1,134.62
    Covered    15 items; 3 emails fewer (20 %)
    Now        12 to approve

    90 customers not written to, because:
      88  nothing overdue
       2  everything overdue is blocked (dispute, promise, cheque …)

    Top of the queue, most money at risk first
     ID  SCORE  CUSTOMER  NAME         LEVEL   DAYS                            ASKED
     41     52  C-17      Al Noor Ge…  POLITE    21                     AED 8,200.00
      7     91  C-2       ⁨شركة المنا…⁩  URGENT    63  AED 1,250,000.50 + USD 4,000.00
    112      3  C-301     =HYPERLINK…  POLITE    21                       KWD 12.500

    Mail     goes to the OUTBOX folder: it is not sent to anyone
    Sending  the window opens Mon 23 Nov 2026 09:00 +04:00
      → Look at one: \`./bin/wafa show ID\`
    "
  `);
});

test('any other data becomes pairs and tables', () => {
  const data = {
    changed: true,
    ledgerAsOf: '2026-11-22',
    nothing: null,
    customer: { code: 'C-17' },
    amount: { currency: 'AED', amount: '8200.00' },
    done: [
      { id: 41, status: 'QUEUED' },
      { id: 42, status: 'QUEUED', note: 'late' },
    ],
    refused: [],
  };
  expect(shownAt(genericPresenter.page(data, DUBAI), 80)).toMatchInlineSnapshot(`
    "Changed        yes
    Ledger as of   2026-11-22
    Customer code  C-17
    Amount         AED 8,200.00

    Done
    ID  STATUS  NOTE
    41  QUEUED
    42  QUEUED  late
    "
  `);
});

test('a policy shows what differs from the default, and one key with its reason', () => {
  const field = { key: 'minimum.amount', value: '0', default: '50', allowed: 'an amount', reason: 'Least total worth a reminder.' };
  const usual = { ...field, key: 'calendar.preset', value: 'uae-private', default: 'uae-private' };
  expect(shownAt(policyPresenter.page({ version: 2, policy: [usual, field] }, DUBAI), 60)).toMatchInlineSnapshot(`
    "Policy version 2 (* differs from the default)
    KEY              VALUE        DEFAULT      ALLOWED
    calendar.preset  uae-private  uae-private  an amount
    minimum.amount   0 *          50           an amount
    "
  `);
  expect(shownAt(policyPresenter.page({ version: 2, policy: [field] }, DUBAI), 60)).toMatchInlineSnapshot(`
    "Key      minimum.amount
    Value    0
    Default  50
    Allowed  an amount
    Reason   Least total worth a reminder.
    "
  `);
});

test('an import shows what was read, and the first warnings only', () => {
  const warnings = Array.from({ length: 12 }, (_, index) => ({ message: `Row ${index + 2} is odd.`, at: { row: index + 2 } }));
  const read = { dryRun: true, file: 'ledger.csv', mapping: 'wafa', kind: 'invoices', rows: 2500, asOf: '2026-11-22' };
  const text = shownAt(importPresenter.page({ import: read, warnings }, DUBAI), 80);
  expect(text).toMatch(
    /^File {7}ledger\.csv, 2500 rows of invoices\nRead with {2}mapping wafa\nAs of {6}Sun 22 Nov 2026\nDry run {4}nothing was changed\n/,
  );
  expect(text.match(/is odd/g)).toHaveLength(10);
  expect(text).toMatch(/2 more: see --json\n$/);
});

test('acts on many reminders list what was done; refusals are told in words', () => {
  const done = [{ id: 41, status: 'QUEUED', leavesAt: '2026-11-23T05:05:00Z' }];
  expect(shownAt(batchPresenter.page({ done, refused: [] }, DUBAI), 80)).toMatchInlineSnapshot(`
    "Done
    ID  STATUS  LEAVES AT
    41  QUEUED  Mon 23 Nov 2026 09:05 +04:00
    "
  `);
  expect(batchPresenter.page({ done: [], refused: [] }, DUBAI)).toEqual([]);
});
