/** The vectors kept outside the repository, when they are there: instants with answers verified by three other programs. */
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { CalendarPresetName } from '../../../src/domain/calendar/calendar-presets.ts';
import { nextAllowed } from '../../../src/domain/calendar/next-allowed.ts';
import { instant, presetCalendar } from './calendars.ts';
import { sharedMaterial } from '../../support/shared-material.ts';

interface Vector {
  readonly at: string;
  readonly policy: string;
  readonly allowed: boolean;
  readonly next: string;
  readonly why: string;
}

const FILE = sharedMaterial('calendar/vectors.json');
const isPresent = existsSync(FILE);
const vectors: readonly Vector[] = isPresent ? (JSON.parse(readFileSync(FILE, 'utf8')) as Vector[]) : [];

const PRESET_OF: Readonly<Record<string, CalendarPresetName>> = {
  'private-default': 'uae-private',
  'full-friday': 'full-friday',
  'sharjah-gov': 'sharjah',
  'federal-gov': 'federal',
};

describe.skipIf(!isPresent).each(['UTC', 'America/New_York', 'Pacific/Auckland'])('the shared vectors on a machine in %s', (zone) => {
  const zoneOfMachine = process.env['TZ'];
  afterEach(() => {
    if (zoneOfMachine === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zoneOfMachine;
  });

  test.each(vectors)('$policy at $at: $why', ({ at, policy, allowed, next }) => {
    process.env['TZ'] = zone;
    expect(Temporal.Now.timeZoneId()).toBe(zone);
    const preset = PRESET_OF[policy];
    expect(preset).toBeDefined();
    const answer = nextAllowed(presetCalendar(preset ?? 'uae-private'), instant(at));
    expect(answer).toMatchObject(allowed ? { kind: 'open', at: instant(next) } : { kind: 'closed', until: instant(next) });
  });
});
