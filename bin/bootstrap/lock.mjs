/**
 * One preparation at a time in one folder, however many terminals start Wafa at once.
 *
 * The lock is a folder holding one file named after its owner's process id. It comes into being by renaming a finished folder, so
 * it never exists without its owner, and `rename` refuses to replace a folder that is not empty. A dead owner's file is removed by
 * name, which can never remove a living owner's: whoever comes next then renames over the empty folder.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { FrontDoorError, isSystemError } from './front-door-error.cjs';

const POLL_MS = 100;
/** A slow line may need minutes for its first install; beyond this something hangs and a person should look. */
const PATIENCE_MS = 15 * 60_000;

/** @param {string} line */
const sayToUser = (line) => void process.stderr.write(`${line}\n`);

/** @param {string} root */
export const lockPath = (root) => join(root, '.bootstrap.lock');

/**
 * Runs `work` while no other process prepares this folder.
 * @template Result
 * @param {string} root
 * @param {() => Promise<Result>} work
 * @param {{patienceMs?: number, say?: (line: string) => void}} [options]
 */
export async function withLock(root, work, { patienceMs = PATIENCE_MS, say = sayToUser } = {}) {
  await acquire(root, patienceMs, say);
  try {
    return await work();
  } finally {
    release(root);
  }
}

/**
 * @param {string} root
 * @param {number} patienceMs
 * @param {(line: string) => void} say
 */
async function acquire(root, patienceMs, say) {
  const givesUpAt = Date.now() + patienceMs;
  let hasSpoken = false;
  while (!tryLock(root)) {
    const owner = ownerOf(root);
    if (owner === undefined) continue;
    if (!isAlive(owner)) {
      removeOwner(root, owner);
      continue;
    }
    if (Date.now() > givesUpAt) {
      throw new FrontDoorError(`Process ${owner} has been preparing Wafa for long. If it hangs, stop it and delete ${lockPath(root)}.`);
    }
    if (!hasSpoken) say(`Wafa is being prepared by process ${owner}; waiting for it…`);
    hasSpoken = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Our file first, then the folder unless the next owner has already taken its place: removing both at once could remove theirs.
 * @param {string} root
 */
function release(root) {
  removeOwner(root, process.pid);
  try {
    rmdirSync(lockPath(root));
  } catch (error) {
    if (!isSystemError(error, 'ENOENT', 'ENOTEMPTY')) throw error;
  }
}

/** @param {string} root */
function tryLock(root) {
  const mine = makeOwnFolder(root);
  writeFileSync(join(mine, String(process.pid)), '');
  try {
    renameSync(mine, lockPath(root));
    return true;
  } catch (error) {
    rmSync(mine, { recursive: true, force: true });
    if (isSystemError(error, 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}

/** @param {string} root */
function makeOwnFolder(root) {
  try {
    const mine = join(root, `.bootstrap-${randomUUID()}`);
    mkdirSync(mine);
    return mine;
  } catch (error) {
    if (!isSystemError(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
    throw new FrontDoorError(
      `Wafa has to be installed or built again, and this user may not write to ${root}. Run "npm run build" there once as its owner.`,
    );
  }
}

/**
 * The process id that holds the lock; `undefined` when it was given back in this moment.
 * @param {string} root
 */
export function ownerOf(root) {
  try {
    const name = readdirSync(lockPath(root))[0];
    return name === undefined ? undefined : Number(name);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * @param {string} root
 * @param {number} pid
 */
function removeOwner(root, pid) {
  try {
    unlinkSync(join(lockPath(root), String(pid)));
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
}

/**
 * Signal 0 only asks: EPERM means that the process lives and is someone else's.
 * @param {number} pid
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error, 'EPERM');
  }
}
