/** Pictures of HTML pages by a headless Chromium that is on this machine, spoken to over its debugging protocol. */
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

export interface Camera {
  /** A picture of the whole page, with how far it would have to be scrolled sideways (0 when it fits). */
  picture(page: URL, as: View): Promise<{ readonly image: Buffer; readonly overflow: number }>;
  close(): Promise<void>;
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns null where no browser is installed. */
export async function openCamera(profile: string): Promise<Camera | null> {
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
  const address = await debuggingAddress(browser.stderr);
  const call = await openPage(address);
  return {
    picture: async (page, { width, height = 800, isDark, format }) => {
      await call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
      await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }] });
      await call('Page.navigate', { url: page.href });
      const evaluate = async (expression: string): Promise<number> =>
        ((await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as { result: { value: number } }).result
          .value;
      await evaluate('new Promise((done) => (document.readyState === "complete" ? done(1) : addEventListener("load", () => done(1))))');
      const overflow = await evaluate(`Math.max(0, document.documentElement.scrollWidth - ${width})`);
      const shot = (await call('Page.captureScreenshot', {
        format,
        ...(format === 'webp' ? { quality: 70 } : {}),
        captureBeyondViewport: true,
      })) as { data: string };
      return { image: Buffer.from(shot.data, 'base64'), overflow };
    },
    close: async () => {
      const gone = once(browser, 'exit');
      browser.kill();
      await gone;
    },
  };
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

/** The first page of the browser; each call waits for its own answer. */
async function openPage(browserAddress: string): Promise<Call> {
  const { host } = new URL(browserAddress);
  const targets = (await (await fetch(`http://${host}/json/list`)).json()) as { type: string; webSocketDebuggerUrl: string }[];
  const page = targets.find(({ type }) => type === 'page');
  if (!page) throw new Error('the browser has no page');
  const socket = new WebSocket(page.webSocketDebuggerUrl);
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
