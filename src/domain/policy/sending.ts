/** The part of a policy that says how fast approved mail may leave. */
import { z } from 'zod';
import { wholeNumber } from './leaves.ts';

export const release = z.strictObject({
  cautionAbove: wholeNumber(
    { min: 1, max: 100_000, byDefault: 50 },
    'A release of more mails than this starts with a first batch: a wrong filter is then noticed after a few mails, not after all.',
  ),
  firstBatch: wholeNumber({ min: 1, max: 1000, byDefault: 10 }, 'Mails in that first batch.'),
  waitMinutes: wholeNumber(
    { min: 0, max: 1440, byDefault: 30 },
    'Minutes to wait after it, unless an operator says go: long enough for bounces and angry replies to show.',
  ),
});

export const sending = z.strictObject({
  perDay: wholeNumber(
    { min: 1, max: 100_000, byDefault: 2_000 },
    'Most mails of the company on one day, whatever was approved: what a wrong import can do at worst.',
  ),
  perDomainPerHour: wholeNumber(
    { min: 1, max: 10_000, byDefault: 100 },
    'Most mails to addresses of one domain in an hour. A server that gets more of one kind at once takes them for an attack.',
  ),
});
