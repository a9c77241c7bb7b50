import { expect, it } from 'vitest';

import { openMetrics } from '../../src/daemon/metrics.ts';

it('shows the newest evening by age and currency, an amount in units of its currency', async () => {
  const metrics = openMetrics();
  const money = (amount: string) => ({ currency: 'KWD', amount });
  metrics.noteEvening('ACME', [
    {
      on: '2026-11-22',
      currency: 'KWD',
      open: money('12.345'),
      overdue: money('12.345'),
      over90: money('0.000'),
      buckets: [{ bucket: '1-30', ...money('12.345') }],
      openItems: 1,
      overdueItems: 1,
      overdueAccounts: 1,
    },
  ]);
  const text = await metrics.text();
  expect(text).toContain('wafa_open_amount{company="ACME",currency="KWD",age="1-30"} 12.345');
  expect(text).toContain('wafa_overdue_accounts{company="ACME",currency="KWD"} 1');
});
