/**
 * A mail server that takes everything, as fast as one process can, and remembers when it took what: `node sink.ts`. Prints the port it
 * listens on; a line on its standard input is answered by one line of JSON with all it took since the last.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Milliseconds of the wall clock, which this process shares with the others of the machine. */
export interface Taken {
  readonly messageId: string;
  readonly bytes: number;
  readonly atMs: number;
}

const END_OF_BODY = Buffer.from('\r\n.\r\n');

let taken: Taken[] = [];

function converse(socket: Socket): void {
  let buffer: Buffer = Buffer.alloc(0);
  let isBody = false;
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.write('220 sink ESMTP\r\n');
  socket.on('data', (chunk: Buffer) => {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf(isBody ? END_OF_BODY : '\r\n');
      if (end < 0) return;
      const part = buffer.subarray(0, end);
      buffer = buffer.subarray(end + (isBody ? END_OF_BODY.length : 2));
      if (isBody) {
        taken.push({ messageId: messageIdOf(part), bytes: part.length, atMs: Date.now() });
        isBody = false;
        socket.write('250 2.0.0 Ok\r\n');
      } else {
        const answer = answerTo(part.toString('latin1'));
        isBody = answer.startsWith('354');
        socket.write(`${answer}\r\n`);
      }
    }
  });
}

/** Headers are in the first bytes; the rest of the mail is nobody's business here. */
const messageIdOf = (body: Buffer): string => /^message-id:\s*(\S+)/im.exec(body.subarray(0, 4_096).toString('latin1'))?.[1] ?? '';

function answerTo(line: string): string {
  const verb = line.slice(0, 4).toUpperCase();
  if (verb === 'EHLO') return '250-sink\r\n250 8BITMIME';
  if (verb === 'DATA') return '354 go ahead';
  return verb === 'QUIT' ? '221 bye' : '250 ok';
}

if (import.meta.main) {
  const server = createServer(converse).listen(0, '127.0.0.1', () => {
    process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
  });
  process.stdin.on('data', () => {
    process.stdout.write(`${JSON.stringify(taken)}\n`);
    taken = [];
  });
  process.stdin.on('end', () => process.exit(0));
}
