/** What is drawn, and when: one picture of many events, none of none, and everything again when the terminal may show anything. */
import { setImmediate as afterEvents } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';

import { followPicture, type Picture } from '../../../src/console/picture/follow-picture.ts';
import { aReminderRow } from '../a-console.ts';
import { ALiveConsole } from '../a-live-console.ts';
import { unicodeBrush } from '../a-picture.ts';

class Drawn extends ALiveConsole {
  readonly pictures: (readonly string[])[] = [];
  repaints = 0;
  readonly picture: Picture;

  constructor() {
    super(80, 24);
    this.console.queueAnswered([aReminderRow(1), aReminderRow(2), aReminderRow(3)]);
    this.picture = followPicture({
      runtime: this.runtime,
      brush: unicodeBrush(),
      painter: {
        draw: (lines) => void this.pictures.push(lines),
        repaint: (lines) => {
          this.repaints += 1;
          this.pictures.push(lines);
        },
        suspend: (work) => work(),
      },
    });
  }
}

describe('the picture', () => {
  it('is drawn once at the beginning, and once for many keys that come together', async () => {
    const drawn = new Drawn();
    expect(drawn.pictures.length).toBe(1);
    drawn.types('jjkj');
    await afterEvents();
    expect(drawn.pictures.length).toBe(2);
    expect(drawn.pictures.at(-1)?.find((line) => line.includes('❯'))).toContain('C-3');
  });

  it('is not drawn again when what happened changes nothing to be seen', async () => {
    const drawn = new Drawn();
    drawn.happens({ kind: 'tick', atMs: 1 });
    const { pulse } = drawn.console.state;
    if (pulse !== null) drawn.happens({ kind: 'pulse', pulse, atMs: 500 });
    await afterEvents();
    expect(drawn.pictures.length).toBe(1);
  });

  it('says that a question is on the screen only after it was drawn', async () => {
    const drawn = new Drawn();
    drawn.types('a');
    expect(drawn.console.state.overlays).toMatchObject([{ kind: 'confirm', paintedAtMs: null }]);
    await afterEvents();
    expect(drawn.pictures.at(-1)?.join('\n')).toContain('Approve 1 reminder?');
    expect(drawn.console.state.overlays).toMatchObject([{ paintedAtMs: 0 }]);
  });

  it('keeps still while another program has the terminal, and is drawn whole after it', async () => {
    const drawn = new Drawn();
    await drawn.picture.suspend(async () => {
      drawn.types('j');
      await afterEvents();
      expect(drawn.pictures.length).toBe(1);
    });
    expect(drawn.repaints).toBe(1);
    expect(drawn.pictures.at(-1)?.find((line) => line.includes('❯'))).toContain('C-2');
  });

  it('ends: nothing is drawn after it', async () => {
    const drawn = new Drawn();
    drawn.types('j');
    drawn.picture.stop();
    drawn.types('j');
    await afterEvents();
    expect(drawn.pictures.length).toBe(1);
  });
});
