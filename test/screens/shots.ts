/** What is photographed: how an operator gets there, and what must stand on the screen before the picture is taken. */
import { KEYS } from '../support/pty-console.ts';

export interface Shot {
  readonly name: string;
  /** Keys from the queue, each with what it leads to. */
  readonly keys: readonly (readonly [key: string, shows: string | RegExp])[];
}

const QUEUE: Shot['keys'] = [['2g', /[❯>].*C-00379/]];

export const SHOTS: readonly Shot[] = [
  { name: 'today', keys: [['1', 'at risk in what waits']] },
  { name: 'queue', keys: QUEUE },
  {
    name: 'queue-marked',
    keys: [...QUEUE, ['vjjj', /[●*].*C-00194/], ['a', /Approve 4 reminders\?/]],
  },
  { name: 'queue-filter', keys: [...QUEUE, ['/firm days', /Enter filters/]] },
  { name: 'reminder', keys: [...QUEUE, [KEYS.enter, /Reminder .*C-00379/]] },
  { name: 'preview', keys: [...QUEUE, ['p', /preview 138[^]*esc close/], ['G', /[ﺀ-ﻼ]{3}[^]*esc close/]] },
  {
    name: 'customers',
    keys: [
      ['3', 'Customers'],
      ['al noor\r', /C-0\d+/],
    ],
  },
  {
    name: 'customer',
    keys: [
      ['3', 'Customers'],
      ['C-00001\r', /❯.*C-00001/],
      [KEYS.enter, /C-00001 Al Noor[^]*promise/],
    ],
  },
  { name: 'deliveries', keys: [['4', /uncertain/]] },
  { name: 'runs', keys: [['5', 'The newest run']] },
  { name: 'analytics', keys: [['6', 'Overview']] },
  { name: 'calendar', keys: [['7', /Mon .*Tue/]] },
  { name: 'templates', keys: [['8', /[❯>].*consolidated\/polite/]] },
  {
    name: 'template',
    keys: [
      ['8', /[❯>].*consolidated\/polite/],
      [KEYS.enter, /EN subject/],
    ],
  },
  { name: 'companies', keys: [['C', /[❯>].*DEMO/]] },
  { name: 'audit', keys: [['9', /WHAT|WHO|EVENT|chain/i]] },
  { name: 'help', keys: [...QUEUE, ['?', 'Keys here']] },
  { name: 'palette', keys: [...QUEUE, ['\u0010', 'Commands']] },
];

export const SIZES = [
  [80, 24],
  [120, 40],
  [200, 50],
] as const;
