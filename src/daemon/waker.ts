/** Sleeps until a time, a hint, or the end of the daemon, whichever comes first. A hint that comes while nobody sleeps is not lost. */
export class Waker {
  readonly #stop: AbortSignal;
  #isWoken = false;
  #wake: (() => void) | null = null;

  constructor(stop: AbortSignal) {
    this.#stop = stop;
  }

  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  async sleep(ms: number): Promise<void> {
    if (!this.#isWoken && !this.#stop.aborted && ms > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = (): void => resolve();
      const timer = setTimeout(wake, ms);
      this.#wake = wake;
      this.#stop.addEventListener('abort', wake, { once: true });
      await promise;
      clearTimeout(timer);
      this.#stop.removeEventListener('abort', wake);
    }
    this.#wake = null;
    this.#isWoken = false;
  }
}
