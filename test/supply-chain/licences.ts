/** `npm run licences`: every package that is shipped, installed beside Wafa or bundled into it, by licence. */
import { shippedPackages } from './shipped-packages.ts';

const byLicence = Map.groupBy(shippedPackages(), ([, { license = 'not said' }]) => license);
for (const [licence, alike] of [...byLicence].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  const names = alike.map(([path, { version = '' }]) => `${path.slice(path.lastIndexOf('node_modules/') + 13)} ${version}`);
  process.stdout.write(`${licence} (${alike.length})\n  ${[...new Set(names)].join('\n  ')}\n`);
}
