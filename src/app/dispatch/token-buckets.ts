/** What a mail counts towards besides its mail server: its company's day, and an hour of its recipient's domain. By the database's time. */
import type { Instant } from '../../domain/days.ts';

export interface TokenBucket {
  readonly bucket: string;
  readonly windowAt: Instant;
}

/** @param timeZone The company's: its day begins at its own midnight. */
export const dayBucket = (at: Instant, timeZone: string): TokenBucket => ({
  bucket: 'day',
  windowAt: at.toZonedDateTimeISO(timeZone).startOfDay().toInstant(),
});

export const domainBucket = (domain: string, at: Instant): TokenBucket => ({
  bucket: `domain:${domain}`,
  windowAt: at.round({ smallestUnit: 'hour', roundingMode: 'floor' }),
});
