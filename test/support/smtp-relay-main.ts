/**
 * The fake relay as a process of its own, for tests that kill the sender: `node smtp-relay-main.ts PORT LOGFILE [BEHAVIOUR]`.
 * Prints `listening PORT` once it is ready (PORT 0 takes any free one) and runs until it is told to stop.
 */
import { startRelay } from './smtp-relay.ts';
import { isRelayBehaviour } from './smtp-relay-script.ts';

const [port = '0', logFile, behaviour = 'accept'] = process.argv.slice(2);
if (logFile === undefined || !isRelayBehaviour(behaviour)) {
  process.stderr.write('usage: smtp-relay-main.ts PORT LOGFILE [BEHAVIOUR]\n');
  process.exit(2);
}
const relay = await startRelay(behaviour, { port: Number(port), logFile });
process.stdout.write(`listening ${relay.port}\n`);
process.on('SIGTERM', () => void relay.close().then(() => process.exit(0)));
