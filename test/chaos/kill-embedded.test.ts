import { expect, test } from 'vitest';

import { killEmbedded } from './kill-embedded.ts';

test(
  'commands killed at random moments never leave a database that does not start, nor a server nobody uses',
  { timeout: 180_000 },
  async () => {
    const { kills, failures, lost, stoppedAfterMs } = await killEmbedded({ cycles: 15, idleSeconds: 2 });
    process.stdout.write(`killed ${kills.command} commands, ${kills.supervisor} supervisors, ${kills.server} servers\n`);
    expect(failures).toEqual([]);
    expect(lost).toBe(0);
    expect(kills.command).toBeGreaterThan(5);
    expect(stoppedAfterMs).not.toBeNull();
  },
);
