/**
 * Where everything of an embedded installation lives below `WAFA_HOME`. Decides paths from the home's path alone, so that
 * every process of every session finds the same server; touches no disk.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';

export interface HomeLayout {
  readonly home: string;
  /** Passwords of the database roles, owner-only. */
  readonly secretsFile: string;
  readonly supervisorLog: string;
  /** What the server said before its own logging began: the reason when it does not start. */
  readonly startLog: string;
  readonly serverFolder: string;
  readonly dataFolder: string;
  readonly logFolder: string;
  readonly socketFolder: string;
  /** True when the socket had to move out of the home and its folder must be checked against a stranger's. */
  readonly isSocketOutsideHome: boolean;
  /** Written anew at every start. */
  readonly configFile: string;
  readonly accessFile: string;
  /** The operator's own server settings, read last; Wafa never writes it. */
  readonly ownConfigFile: string;
  /** A copy of the server's programs, used only when the server's account cannot reach the installed ones. */
  readonly binariesFolder: string;
}

/** Only names the socket file: the server listens on no TCP port. */
export const SOCKET_PORT = 5432;
const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`;

/** 103 bytes fit macOS (104 with the final zero) and so also Linux (108); longer ones fail with an unclear system error. */
const LONGEST_SOCKET_PATH = 103;

/** Characters the server's settings file would need quoted in three layers; such a home gets its socket elsewhere. */
const AWKWARD = /["'\\,\p{Cc}]/u;

export function homeLayout(home: string): HomeLayout {
  const serverFolder = join(home, 'postgres');
  const socket = socketFolderOf(home, serverFolder);
  return {
    home,
    secretsFile: join(home, 'secrets.json'),
    supervisorLog: join(home, 'supervisor.log'),
    startLog: join(home, 'server-start.log'),
    serverFolder,
    dataFolder: join(serverFolder, 'data'),
    logFolder: join(serverFolder, 'log'),
    socketFolder: socket.folder,
    isSocketOutsideHome: socket.isOutside,
    configFile: join(serverFolder, 'wafa.conf'),
    accessFile: join(serverFolder, 'access.conf'),
    ownConfigFile: join(serverFolder, 'own.conf'),
    binariesFolder: join(serverFolder, 'binaries'),
  };
}

/** The file a running server is reached by. */
export const socketFile = (layout: HomeLayout): string => join(layout.socketFolder, SOCKET_NAME);

/** `/tmp` rather than the session's runtime folder: cron, sudo and a login session must agree on one place. */
function socketFolderOf(home: string, serverFolder: string): { folder: string; isOutside: boolean } {
  const inside = join(serverFolder, 'socket');
  const longest = Buffer.byteLength(join(inside, SOCKET_NAME));
  if (longest <= LONGEST_SOCKET_PATH && !AWKWARD.test(inside)) return { folder: inside, isOutside: false };
  const key = createHash('sha256').update(home).digest('hex').slice(0, 20);
  return { folder: `/tmp/wafa-${key}`, isOutside: true };
}
