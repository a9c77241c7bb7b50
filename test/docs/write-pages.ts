/** `npm run docs`: writes the documents that come from the program. */
import { writeFileSync } from 'node:fs';

import { packagePath } from '../../src/package-root.ts';
import { writtenPages } from './written-pages.ts';

for (const { path, text } of await writtenPages()) writeFileSync(packagePath(path), text);
