/** A simulation as every face shows it. */
import type { LedgerSimulation } from './simulate-ledger.ts';

export const simulationView = ({ asOn, until, policies }: LedgerSimulation) => ({
  asOn: asOn.toString(),
  until: until.toString(),
  policies: policies.map(({ changes, totals, days }) => ({
    changes,
    totals,
    days: days.map(({ on, ...counts }) => ({ on: on.toString(), ...counts })),
  })),
});

export type SimulationView = ReturnType<typeof simulationView>;
