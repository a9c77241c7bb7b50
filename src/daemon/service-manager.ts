/**
 * Tells systemd that the daemon is ready, alive or stopping, through its own `systemd-notify`, since Node has no datagram sockets of the
 * file system. Without `NOTIFY_SOCKET` nothing happens. The unit needs `Type=notify` and `NotifyAccess=all`.
 */
import { execFile } from 'node:child_process';

export type ServiceState = 'READY=1' | 'WATCHDOG=1' | 'STOPPING=1';

export function tellServiceManager(state: ServiceState, env: Readonly<Record<string, string | undefined>> = process.env): void {
  const socket = env['NOTIFY_SOCKET'];
  if (socket === undefined || socket === '') return;
  // A manager that is not told restarts us in time; there is nobody else to tell.
  execFile('systemd-notify', [state], { env: { PATH: env['PATH'] ?? '', NOTIFY_SOCKET: socket }, timeout: 5_000 }, () => undefined);
}

/** How often the watchdog has to hear from us, halved as systemd advises; `null` when nobody watches. */
export function watchdogEveryMs(env: Readonly<Record<string, string | undefined>> = process.env): number | null {
  const us = Number(env['WATCHDOG_USEC'] ?? 0);
  return Number.isFinite(us) && us > 0 ? us / 2_000 : null;
}
