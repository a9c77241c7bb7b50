/** Pictures of HTML pages by a headless Chromium that is on this machine, spoken to over its debugging protocol: one browser, several pages. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface View {
  readonly width: number;
  /** Of the window, where the page does not say how tall it is. */
  readonly height?: number;
  readonly isDark: boolean;
  readonly format: 'png' | 'webp';
}

export interface Picture {
  readonly image: Buffer;
  /** How far the page would have to be scrolled sideways, in pixels; 0 when it fits. */
  readonly overflow: number;
}

export interface Camera {
  /** The whole page, loaded once, in each of the views. At most {@link openCamera}'s `pages` at once are any faster. */
  pictures(page: URL, views: readonly View[]): Promise<readonly Picture[]>;
  close(): Promise<void>;
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns null where no browser is installed. */
export async function openCamera(profile: string, pages: number): Promise<Camera | null> {
  const program = PLACES.find((path) => existsSync(path));
  if (program === undefined) return null;
  const browser = spawn(
    program,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const { host } = new URL(await debuggingAddress(browser.stderr));
  const free = await Promise.all(Array.from({ length: pages }, () => openPage(host)));
  const waiting: ((page: Call) => void)[] = [];
  return {
    pictures: async (url, views) => {
      const page = free.pop() ?? (await new Promise<Call>((resolve) => waiting.push(resolve)));
      try {
        return await photograph(page, url, views);
      } finally {
        const next = waiting.shift();
        if (next) next(page);
        else free.push(page);
      }
    },
    close: async () => {
      const gone = once(browser, 'exit');
      browser.kill();
      await gone;
    },
  };
}

async function photograph(call: Call, url: URL, views: readonly View[]): Promise<readonly Picture[]> {
  const evaluate = async (expression: string): Promise<number> =>
    ((await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as { result: { value: number } }).result
      .value;
  await call('Page.navigate', { url: url.href });
  await evaluate('new Promise((done) => (document.readyState === "complete" ? done(1) : addEventListener("load", () => done(1))))');
  const taken: Picture[] = [];
  for (const { width, height = 800, isDark, format } of views) {
    await call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }] });
    const overflow = await evaluate(`Math.max(0, document.documentElement.scrollWidth - ${width})`);
    const { data } = (await call('Page.captureScreenshot', {
      format,
      // Files twice the size, in a fifth of the time.
      ...(format === 'webp' ? { quality: 70 } : { optimizeForSpeed: true }),
      captureBeyondViewport: true,
    })) as { data: string };
    taken.push({ image: Buffer.from(data, 'base64'), overflow });
  }
  return taken;
}

async function debuggingAddress(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const address = /^DevTools listening on (ws:\/\/\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the browser ended before it could be used');
}

type Call = (method: string, parameters: Readonly<Record<string, unknown>>) => Promise<unknown>;

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A page of its own; each call waits for its own answer. */
async function openPage(host: string): Promise<Call> {
  const target = await fetch(`http://${host}/json/new?about:blank`, { method: 'PUT' });
  const { webSocketDebuggerUrl } = (await target.json()) as { webSocketDebuggerUrl: string };
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((open, failed) => {
    socket.addEventListener('open', open);
    socket.addEventListener('error', failed);
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer & { readonly id?: number };
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let last = 0;
  return async (method, params) => {
    const id = (last += 1);
    const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    waiting.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
}
