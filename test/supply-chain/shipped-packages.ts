/** What reaches whoever installs Wafa: packages that npm installs beside it, and those whose code the bundle holds. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { packagePath } from '../../src/package-root.ts';

export interface Package {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Every package of the lockfile by its folder. */
export const installedPackages = (): readonly (readonly [folder: string, found: Package])[] => {
  const { packages } = JSON.parse(readFileSync(packagePath('package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Package>>;
  };
  return Object.entries(packages).filter(([path]) => path !== '');
};

/** Builds first when the bundle is not that of these sources. */
export function shippedPackages(): readonly (readonly [folder: string, found: Package])[] {
  execFileSync(process.execPath, [packagePath('bin/bootstrap.mjs')], { stdio: 'ignore' });
  const bundled = new Set(JSON.parse(readFileSync(packagePath('dist/bundled-packages.json'), 'utf8')) as readonly string[]);
  return installedPackages().filter(([path, { dev, devOptional }]) => (dev !== true && devOptional !== true) || bundled.has(path));
}
