/** Every migration, in order. Listed by hand so that a bundled program finds the same ones as a source tree. */
import { Migration20261122000100 } from './Migration20261122000100.ts';
import { Migration20261122000200 } from './Migration20261122000200.ts';
import { Migration20261122000300 } from './Migration20261122000300.ts';
import { Migration20261123000500 } from './Migration20261123000500.ts';
import { Migration20261123001000 } from './Migration20261123001000.ts';
import { Migration20261123001001 } from './Migration20261123001001.ts';
import { Migration20261123001100 } from './Migration20261123001100.ts';
import { Migration20261123002000 } from './Migration20261123002000.ts';
import { Migration20261123003000 } from './Migration20261123003000.ts';
import { Migration20261123004000 } from './Migration20261123004000.ts';
import { Migration20261123004100 } from './Migration20261123004100.ts';
import { Migration20261123004200 } from './Migration20261123004200.ts';
import { Migration20261123005000 } from './Migration20261123005000.ts';
import { Migration20261123006000 } from './Migration20261123006000.ts';
import { Migration20261123006300 } from './Migration20261123006300.ts';
import { Migration20261123008000 } from './Migration20261123008000.ts';
import { Migration20261123008100 } from './Migration20261123008100.ts';
import { Migration20261123008600 } from './Migration20261123008600.ts';

export const migrations = [
  { name: 'Migration20261122000100', class: Migration20261122000100 },
  { name: 'Migration20261122000200', class: Migration20261122000200 },
  { name: 'Migration20261122000300', class: Migration20261122000300 },
  { name: 'Migration20261123000500', class: Migration20261123000500 },
  { name: 'Migration20261123001000', class: Migration20261123001000 },
  { name: 'Migration20261123001001', class: Migration20261123001001 },
  { name: 'Migration20261123001100', class: Migration20261123001100 },
  { name: 'Migration20261123002000', class: Migration20261123002000 },
  { name: 'Migration20261123003000', class: Migration20261123003000 },
  { name: 'Migration20261123004000', class: Migration20261123004000 },
  { name: 'Migration20261123004100', class: Migration20261123004100 },
  { name: 'Migration20261123004200', class: Migration20261123004200 },
  { name: 'Migration20261123005000', class: Migration20261123005000 },
  { name: 'Migration20261123006000', class: Migration20261123006000 },
  { name: 'Migration20261123006300', class: Migration20261123006300 },
  { name: 'Migration20261123008000', class: Migration20261123008000 },
  { name: 'Migration20261123008100', class: Migration20261123008100 },
  { name: 'Migration20261123008600', class: Migration20261123008600 },
];
