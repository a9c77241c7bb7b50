/**
 * The one line a supervisor sends to whoever started it: ready, or why not. It travels over a pipe on file descriptor 3, so
 * that it can neither be lost in a log nor mistaken for another start's.
 */
import { closeSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';

import { OperatorError, type OperatorErrorKind } from '../../domain/operator-error.ts';
import type { HomeLayout } from './home-layout.ts';

const REPORT_FD = 3;

type Report =
  | { readonly ready: true }
  | { readonly ready: false; readonly code: string; readonly message: string; readonly tryThis: string; readonly kind: OperatorErrorKind };

export const reportReady = (): void => send({ ready: true });

export function reportFailure(error: unknown): void {
  if (!(error instanceof OperatorError)) return;
  const { code, message, tryThis, kind } = error;
  send({ ready: false, code, message, tryThis, kind });
}

/** Waits for the report. @throws OperatorError the reported fault, or that there was no report at all. */
export async function startReport(pipe: Readable, layout: HomeLayout): Promise<void> {
  let text = '';
  pipe.setEncoding('utf8');
  for await (const chunk of pipe) text += String(chunk);
  const report = text.endsWith('\n') ? (JSON.parse(text) as Report) : undefined;
  if (report?.ready === true) return;
  if (report !== undefined) throw new OperatorError(report);
  throw new OperatorError({
    code: 'database.did-not-start',
    message: 'The built-in database did not start.',
    tryThis: `Look at the end of ${layout.supervisorLog}.`,
  });
}

/** Whoever started us may be gone: then nobody waits for the report, and the server stays for the next one. */
function send(report: Report): void {
  try {
    writeSync(REPORT_FD, `${JSON.stringify(report)}\n`);
    closeSync(REPORT_FD);
  } catch (error) {
    if (!['EPIPE', 'EBADF', 'ECONNRESET', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
