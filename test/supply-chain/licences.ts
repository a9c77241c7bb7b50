/** `npm run licences`: every package that is shipped, by licence. */
import { readFileSync } from 'node:fs';

import { packagePath } from '../../src/package-root.ts';

interface Package {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const { packages } = JSON.parse(readFileSync(packagePath('package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Package>>;
};
const shipped = Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true);
for (const [licence, alike] of [...Map.groupBy(shipped, ([, { license = 'not said' }]) => license)].toSorted(([a], [b]) =>
  a < b ? -1 : 1,
)) {
  const names = alike.map(([path, { version = '' }]) => `${path.slice(path.lastIndexOf('node_modules/') + 13)} ${version}`);
  process.stdout.write(`${licence} (${alike.length})\n  ${[...new Set(names)].join('\n  ')}\n`);
}
