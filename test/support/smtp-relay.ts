/**
 * A fake SMTP relay on a raw socket, because it must hang up, stall and babble at exact points, which no server library does.
 * What it takes it writes to its log *before* it answers: what the log holds was delivered, whatever the client was told.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { RELAY_SCRIPTS, type Act, type RelayBehaviour, type Script } from './smtp-relay-script.ts';

const CERTIFICATES = join(import.meta.dirname, 'certificates');

/** The authority that signed the relay's certificate, for clients that are to trust it. */
export const testAuthority = (): string => readFileSync(join(CERTIFICATES, 'authority.crt'), 'utf8');

export interface TakenMail {
  readonly messageId: string;
  readonly recipient: string;
  readonly bytes: Buffer;
}

export interface SmtpRelay {
  readonly port: number;
  readonly taken: readonly TakenMail[];
  /** Every command line received, secrets included: tests look for what must not be there. */
  readonly commands: readonly string[];
  readonly connections: () => number;
  /** Changes what happens from the next step on. */
  readonly behave: (next: RelayBehaviour | Script) => void;
  readonly close: () => Promise<void>;
}

/** @param options.logFile Gets a line `<message-id> recipient` for each mail taken. */
export async function startRelay(
  behaviour: RelayBehaviour | Script = 'accept',
  options: { readonly port?: number; readonly logFile?: string } = {},
): Promise<SmtpRelay> {
  const relay = {
    script: scriptOf(behaviour),
    taken: [] as TakenMail[],
    commands: [] as string[],
    sockets: new Set<Socket>(),
    connections: 0,
    logFile: options.logFile,
  };
  const server = createServer((socket) => {
    relay.connections += 1;
    relay.sockets.add(socket);
    socket.on('close', () => relay.sockets.delete(socket));
    new Conversation(relay, socket).start();
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    taken: relay.taken,
    commands: relay.commands,
    connections: () => relay.connections,
    behave: (next) => {
      relay.script = scriptOf(next);
    },
    close: () => {
      for (const socket of relay.sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const scriptOf = (behaviour: RelayBehaviour | Script): Script => (typeof behaviour === 'string' ? RELAY_SCRIPTS[behaviour] : behaviour);

interface RelayState {
  script: Script;
  readonly taken: TakenMail[];
  readonly commands: string[];
  readonly logFile: string | undefined;
}

const END_OF_BODY = Buffer.from('\r\n.\r\n');

class Conversation {
  readonly #relay: RelayState;
  #socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #recipient = '';
  /** Chunks of the body so far; `null` outside DATA. */
  #body: Buffer | null = null;
  #isMidBodyDone = false;

  constructor(relay: RelayState, socket: Socket) {
    this.#relay = relay;
    this.#socket = socket;
  }

  start(): void {
    this.#listen();
    this.#act(this.#relay.script.greeting ?? { say: '220 relay.test ESMTP' });
  }

  #listen(): void {
    this.#socket.setNoDelay(true);
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (chunk: Buffer) => this.#received(chunk));
  }

  #received(chunk: Buffer): void {
    if (this.#body) {
      this.#body = Buffer.concat([this.#body, chunk]);
      this.#bodyGrew(this.#body);
      return;
    }
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (let end = this.#buffer.indexOf('\r\n'); end >= 0 && !this.#body; end = this.#buffer.indexOf('\r\n')) {
      const line = this.#buffer.subarray(0, end).toString('latin1');
      this.#buffer = this.#buffer.subarray(end + 2);
      this.#relay.commands.push(line);
      this.#command(line);
    }
  }

  #command(line: string): void {
    const { script } = this.#relay;
    switch (line.split(' ', 1)[0]?.toUpperCase()) {
      case 'EHLO':
        return this.#act(script.ehlo ?? { say: this.#capabilities() });
      case 'STARTTLS':
        return script.starttls === undefined
          ? this.#startTls()
          : this.#act(script.starttls === 'missing' ? { say: '502 5.5.1 what?' } : script.starttls);
      case 'AUTH':
        return this.#act(script.auth ?? { say: '235 2.7.0 welcome' });
      case 'MAIL':
        return this.#act(script.mail ?? { say: '250 2.1.0 ok' });
      case 'RCPT':
        this.#recipient = /<([^>]*)>/.exec(line)?.[1] ?? '';
        return this.#act(script.rcpt ?? { say: '250 2.1.5 ok' });
      case 'DATA':
        return this.#data();
      case 'QUIT':
        return this.#act({ say: '221 2.0.0 bye', hangUp: 'fin' });
      default:
        return this.#act({ say: '250 2.0.0 ok' });
    }
  }

  #capabilities(): string {
    const { script } = this.#relay;
    const isSecure = this.#socket instanceof TLSSocket;
    const offers = [
      ...(script.offersPipelining ? ['PIPELINING'] : []),
      ...(isSecure || script.starttls === 'missing' ? [] : ['STARTTLS']),
      'AUTH PLAIN LOGIN',
      '8BITMIME',
    ];
    return ['250-relay.test', ...offers.map((offer, index) => `250${index === offers.length - 1 ? ' ' : '-'}${offer}`)].join('\r\n');
  }

  #data(): void {
    const { data, rcpt } = this.#relay.script;
    // A server that refused the only recipient has nothing to take (what a pipelining client finds out too late).
    const answer: Act = data ?? (rcpt ? { say: '554 5.5.1 no valid recipients' } : { say: '354 go ahead' });
    if (typeof answer === 'object' && answer.say.startsWith('354')) {
      this.#body = this.#buffer;
      this.#buffer = Buffer.alloc(0);
    }
    this.#act(answer);
  }

  #bodyGrew(body: Buffer): void {
    const { midBody } = this.#relay.script;
    if (midBody && !this.#isMidBodyDone && body.length >= midBody.afterBytes) {
      this.#isMidBodyDone = true;
      return this.#act(midBody.act);
    }
    const end = body.indexOf(END_OF_BODY);
    if (end < 0) return;
    this.#body = null;
    this.#buffer = body.subarray(end + END_OF_BODY.length);
    this.#finish(body.subarray(0, end + 2));
  }

  #finish(bytes: Buffer): void {
    const { afterDot, takes } = this.#relay.script;
    const answer: Act = afterDot ?? { say: '250 2.0.0 Ok: queued as ABC123' };
    const accepts = typeof answer === 'object' && answer.say.startsWith('250 ');
    if (accepts || takes) this.#take(bytes);
    this.#act(answer);
  }

  #take(bytes: Buffer): void {
    const messageId = /^message-id:\s*(\S+)/im.exec(bytes.toString('latin1'))?.[1] ?? '';
    if (this.#relay.logFile !== undefined) appendFileSync(this.#relay.logFile, `${messageId} ${this.#recipient}\n`);
    this.#relay.taken.push({ messageId, recipient: this.#recipient, bytes: Buffer.from(bytes) });
  }

  #startTls(): void {
    this.#socket.write('220 2.0.0 go ahead\r\n');
    this.#socket.removeAllListeners('data');
    const secure = new TLSSocket(this.#socket, {
      isServer: true,
      key: readFileSync(join(CERTIFICATES, 'relay.key')),
      cert: readFileSync(join(CERTIFICATES, 'relay.crt')),
    });
    this.#socket = secure;
    this.#listen();
  }

  #act(act: Act): void {
    const socket = this.#socket;
    if (act === 'silence') return;
    if (act === 'flood') return flood(socket);
    if (act === 'fin') return void socket.end();
    if (act === 'rst') return void socket.resetAndDestroy();
    const speak = (): void => {
      if (socket.destroyed) return;
      // Half a reply has no line end, and a server that hangs up with it does so in the same breath.
      socket.write(
        /^\d{0,2}$/.test(act.say) || /^\d{3} \d\.\d$/.test(act.say) || act.say.endsWith('\r\n') ? act.say : `${act.say}\r\n`,
        'latin1',
      );
      if (act.hangUp === 'fin') socket.end();
      if (act.hangUp === 'rst') socket.destroy();
    };
    if (act.afterMs === undefined) speak();
    else setTimeout(speak, act.afterMs).unref();
  }
}

/** Ten megabytes of a reply that never ends, with codes a terminal would obey. */
function flood(socket: Socket): void {
  const line = Buffer.from(`250-\x1b[2J\x1b]0;owned\x07${'x'.repeat(990)}\r\n`, 'latin1');
  let left = 10_000;
  const more = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(line)) return void socket.once('drain', more);
    }
  };
  more();
}
