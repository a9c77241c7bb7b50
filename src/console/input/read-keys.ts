/**
 * Reads keys from the terminal. The terminal is ours alone while this runs: raw mode and bracketed paste are switched on here and, whatever
 * happens, off again by {@link KeyReader.stop}.
 */
import { StringDecoder } from 'node:string_decoder';

import { decodeKeys, settleKeys } from './decode-keys.ts';
import type { Key } from './key.ts';

export interface KeyReader {
  /** Hands the terminal to another program for a while. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Slow links cut sequences apart; a person does not press Escape and `[` within this time. In milliseconds. */
const SILENCE_AFTER_ESCAPE_MS = 40;

export function readKeys(stdin: NodeJS.ReadStream, onKey: (key: Key) => void): KeyReader {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let settling: NodeJS.Timeout | undefined;
  const settle = (): void => {
    const keys = settleKeys(rest);
    rest = '';
    keys.forEach(onKey);
  };
  const take = (piece: Buffer): void => {
    clearTimeout(settling);
    const decoded = decodeKeys(rest + decoder.write(piece));
    rest = decoded.rest;
    decoded.keys.forEach(onKey);
    if (rest !== '') settling = setTimeout(settle, SILENCE_AFTER_ESCAPE_MS);
  };
  const resume = (): void => {
    stdin.setRawMode(true);
    stdin.on('data', take);
    stdin.resume();
  };
  const pause = (): void => {
    clearTimeout(settling);
    rest = '';
    stdin.off('data', take);
    stdin.pause();
    stdin.setRawMode(false);
  };
  resume();
  return { pause, resume, stop: pause };
}
