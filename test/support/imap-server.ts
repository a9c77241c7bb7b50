/**
 * An IMAP server in this process with one mailbox, as much of the protocol as reading a mailbox takes: sign-in by password or token, opening
 * for reading, searching by number and day, fetching the beginning of mails, waiting for news. Says what was asked of it, so that a test can
 * see that nothing was changed.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

export interface TestImapServer {
  readonly port: number;
  /** For `IMAP_URL`, with its user and password. */
  readonly url: string;
  /** Every command, without its tag. */
  readonly commands: readonly string[];
  /** A mail arrives; gives back its number. */
  deliver(bytes: Buffer): number;
  /** The server numbers its mails anew. */
  renumber(): void;
  behave(how: Behaviour): void;
  close(): Promise<void>;
}

/** `silent`: takes a command and never answers; `refusing`: lets nobody in, in these words; `endless`: announces a mail of gigabytes. */
export type Behaviour =
  | { readonly kind: 'well' }
  | { readonly kind: 'silent' | 'endless' }
  | { readonly kind: 'refusing'; readonly words: string };

interface Mail {
  readonly uid: number;
  readonly bytes: Buffer;
}

export async function startImapServer({ token }: { readonly token?: string } = {}): Promise<TestImapServer> {
  const state = {
    mails: [] as Mail[],
    uidValidity: 17,
    nextUid: 1,
    commands: [] as string[],
    behaviour: { kind: 'well' } as Behaviour,
    token,
  };
  const talks = new Set<Talk>();
  const server = createServer((socket) => {
    const talk = new Talk(socket, state);
    talks.add(talk);
    socket.on('close', () => talks.delete(talk));
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `imap://accounts:open-sesame@127.0.0.1:${port}/INBOX`,
    commands: state.commands,
    deliver: (bytes) => {
      const uid = state.nextUid;
      state.nextUid += 1;
      state.mails.push({ uid, bytes });
      for (const talk of talks) talk.announce();
      return uid;
    },
    renumber: () => {
      state.uidValidity += 1;
      state.mails = state.mails.map(({ bytes }, index) => ({ uid: index + 1, bytes }));
      state.nextUid = state.mails.length + 1;
      for (const talk of talks) talk.hangUp();
    },
    behave: (how) => {
      state.behaviour = how;
    },
    close: async () => {
      for (const talk of talks) talk.hangUp();
      server.close();
      await once(server, 'close');
    },
  };
}

interface State {
  mails: Mail[];
  uidValidity: number;
  nextUid: number;
  readonly commands: string[];
  behaviour: Behaviour;
  readonly token: string | undefined;
}

class Talk {
  readonly #socket: Socket;
  readonly #state: State;
  #input = '';
  #isSelected = false;
  #idleTag: string | null = null;
  /** Waits for the rest of a sign-in, by its tag. */
  #signInTag: string | null = null;

  constructor(socket: Socket, state: State) {
    this.#socket = socket;
    this.#state = state;
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => this.#read(String(chunk)));
    this.#say('* OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS AUTH=PLAIN AUTH=XOAUTH2] ready');
  }

  announce(): void {
    if (this.#isSelected) this.#say(`* ${this.#state.mails.length} EXISTS`);
  }

  hangUp(): void {
    this.#socket.destroy();
  }

  #say(line: string): void {
    if (this.#socket.writable) this.#socket.write(`${line}\r\n`, 'latin1');
  }

  #read(chunk: string): void {
    this.#input += chunk;
    for (let end = this.#input.indexOf('\r\n'); end >= 0; end = this.#input.indexOf('\r\n')) {
      const line = this.#input.slice(0, end);
      this.#input = this.#input.slice(end + 2);
      this.#take(line);
    }
  }

  #take(line: string): void {
    if (this.#state.behaviour.kind === 'silent') return;
    if (this.#idleTag !== null) {
      if (line.toUpperCase() === 'DONE') this.#say(`${this.#idleTag} OK IDLE ended`);
      this.#idleTag = null;
      return;
    }
    if (this.#signInTag !== null) {
      const tag = this.#signInTag;
      this.#signInTag = null;
      return this.#signIn(tag, Buffer.from(line, 'base64').toString());
    }
    const [tag = '', ...rest] = line.split(' ');
    const command = rest.join(' ');
    this.#state.commands.push(command);
    this.#answer(tag, command, command.toUpperCase());
  }

  #answer(tag: string, command: string, upper: string): void {
    const done = (): void => this.#say(`${tag} OK done`);
    if (upper === 'CAPABILITY') {
      this.#say('* CAPABILITY IMAP4rev1 IDLE UIDPLUS AUTH=PLAIN AUTH=XOAUTH2');
      return done();
    }
    if (upper.startsWith('AUTHENTICATE ')) {
      this.#signInTag = tag;
      return this.#say('+ ');
    }
    if (upper.startsWith('LOGIN ')) return this.#signIn(tag, command.slice(6).replaceAll('"', ''));
    if (upper.startsWith('LIST ') || upper.startsWith('LSUB ')) {
      this.#say('* LIST () "/" INBOX');
      return done();
    }
    if (upper.startsWith('EXAMINE ') || upper.startsWith('SELECT ')) return this.#select(tag, upper.startsWith('EXAMINE'));
    if (upper.startsWith('UID SEARCH ')) return this.#search(tag, upper);
    if (upper.startsWith('UID FETCH ')) return this.#fetch(tag, upper);
    if (upper === 'IDLE') {
      this.#idleTag = tag;
      return this.#say('+ idling');
    }
    if (upper === 'LOGOUT') {
      this.#say('* BYE');
      done();
      this.#socket.end();
      return;
    }
    if (upper === 'NOOP') {
      this.announce();
      return done();
    }
    this.#say(`${tag} BAD what?`);
  }

  #signIn(tag: string, words: string): void {
    const { behaviour, token } = this.#state;
    if (behaviour.kind === 'refusing') return this.#say(`${tag} NO ${behaviour.words}`);
    const isRight = token === undefined ? words.includes('open-sesame') : words.includes(`auth=Bearer ${token}\u0001`);
    this.#say(isRight ? `${tag} OK welcome` : `${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`);
  }

  #select(tag: string, isReadOnly: boolean): void {
    const { mails, uidValidity, nextUid } = this.#state;
    this.#isSelected = true;
    this.#say('* FLAGS (\\Seen \\Deleted)');
    this.#say(`* ${mails.length} EXISTS`);
    this.#say('* 0 RECENT');
    this.#say(`* OK [UIDVALIDITY ${uidValidity}] ok`);
    this.#say(`* OK [UIDNEXT ${nextUid}] ok`);
    this.#say(`${tag} OK [${isReadOnly ? 'READ-ONLY' : 'READ-WRITE'}] opened`);
  }

  #search(tag: string, upper: string): void {
    const from = Number(/UID (\d+):\*/.exec(upper)?.[1] ?? 1);
    const last = this.#state.mails.at(-1)?.uid ?? 0;
    const uids = this.#state.mails.map(({ uid }) => uid).filter((uid) => uid >= from || (uid === last && upper.includes(':*')));
    this.#say(`* SEARCH ${uids.join(' ')}`.trimEnd());
    this.#say(`${tag} OK done`);
  }

  #fetch(tag: string, upper: string): void {
    const wanted = /^UID FETCH (\S+)/.exec(upper)?.[1] ?? '';
    const most = Number(/<0\.(\d+)>/.exec(upper)?.[1] ?? Number.POSITIVE_INFINITY);
    for (const [index, { uid, bytes }] of this.#state.mails.entries()) {
      if (!isIn(uid, wanted)) continue;
      if (this.#state.behaviour.kind === 'endless') return this.#say(`* ${index + 1} FETCH (UID ${uid} BODY[]<0> {4000000000}`);
      const shown = bytes.subarray(0, most);
      this.#socket.write(`* ${index + 1} FETCH (UID ${uid} BODY[]<0> {${shown.length}}\r\n`, 'latin1');
      this.#socket.write(shown);
      this.#socket.write(')\r\n', 'latin1');
    }
    this.#say(`${tag} OK done`);
  }
}

const isIn = (uid: number, set: string): boolean =>
  set.split(',').some((range) => {
    const [from = 0, to = from] = range.split(':').map((end) => (end === '*' ? Number.POSITIVE_INFINITY : Number(end)));
    return uid >= from && uid <= to;
  });
