/** Steps of a drill: each is said, timed, and ends the drill when it does not hold. */
export async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  try {
    const result = await work();
    const seen = typeof result === 'string' ? `: ${result}` : '';
    process.stdout.write(`ok    ${what}${seen} (${Math.round(performance.now() - began)} ms)\n`);
    return result;
  } catch (error) {
    process.stdout.write(`WRONG ${what}: ${error instanceof Error ? error.message : String(error)}\n`);
    throw error;
  }
}

export function agree(what: string, seen: unknown, wanted: unknown): void {
  if (JSON.stringify(seen) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(seen)} where ${JSON.stringify(wanted)} was wanted`);
}
