/**
 * How fast a mail server may be used. Providers block senders who do not keep to their limits, and a blocked sender reaches nobody; so
 * every server has a limit, known by its name or given as `SMTP_PRESET`. Only one on this machine may be used without.
 */
import { OperatorError } from '../domain/operator-error.ts';

export interface RelayLimits {
  /** `null`: as fast as it takes them. */
  readonly perMinute: number | null;
  /** In any 24 hours. */
  readonly perDay: number | null;
  readonly maxConnections: number;
}

export const RELAY_PRESETS = {
  /** Exchange Online: 30 a minute, 3 connections and 10,000 recipients a day are refused beyond; some is left to the people. */
  microsoft365: { perMinute: 25, perDay: 8_000, maxConnections: 3 },
  /** Google Workspace: 2,000 a day, of which people send some themselves. */
  google: { perMinute: 60, perDay: 1_800, maxConnections: 3 },
  /** Amazon SES: 14 a second once out of its sandbox. It puts a Message-ID of its own in place of ours. */
  ses: { perMinute: 600, perDay: null, maxConnections: 5 },
  /** A server of one's own, or one nobody knows the limits of. */
  own: { perMinute: 300, perDay: null, maxConnections: 5 },
  unlimited: { perMinute: null, perDay: null, maxConnections: 5 },
} as const satisfies Readonly<Record<string, RelayLimits>>;

export type RelayPresetName = keyof typeof RELAY_PRESETS;

const isPreset = (text: string): text is RelayPresetName => Object.hasOwn(RELAY_PRESETS, text);

/** @throws OperatorError `config.bad-smtp-preset|unlimited-relay` */
export function relayPreset(wanted: string | undefined, host: string, isLoopback: boolean): RelayPresetName {
  if (wanted === undefined || wanted === '') return knownByName(host) ?? (isLoopback ? 'unlimited' : 'own');
  if (!isPreset(wanted)) {
    throw new OperatorError({
      code: 'config.bad-smtp-preset',
      kind: 'configuration',
      message: 'SMTP_PRESET is none of the presets.',
      tryThis: `Use one of ${Object.keys(RELAY_PRESETS).join(', ')}.`,
    });
  }
  if (wanted === 'unlimited' && !isLoopback) {
    throw new OperatorError({
      code: 'config.unlimited-relay',
      kind: 'configuration',
      message: 'SMTP_PRESET=unlimited is for a mail server on this machine; this one is somewhere else.',
      tryThis: 'Leave SMTP_PRESET out, or name the provider.',
    });
  }
  return wanted;
}

function knownByName(host: string): RelayPresetName | null {
  const name = host.toLowerCase();
  if (name === 'smtp.office365.com' || name.endsWith('.mail.protection.outlook.com')) return 'microsoft365';
  if (name === 'smtp.gmail.com' || name === 'smtp-relay.gmail.com') return 'google';
  return /^email-smtp(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com$/.test(name) ? 'ses' : null;
}
