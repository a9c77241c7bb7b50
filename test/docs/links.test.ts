import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { packagePath } from '../../src/package-root.ts';
import { documentPaths, fileLinksOf, inBackticks, readDocument, withoutFences } from './markdown.ts';

/** Words in backticks that are the path of a file or folder of the repository, told by their first folder. */
const isPath = (name: string): boolean => /^(src|test|bin|docs|migrations|templates|mappings|bench|examples|\.ci)\/[\w./-]*$/.test(name);

describe('a document', () => {
  test.each(documentPaths())('%s links only to files that exist', (path) => {
    const broken = fileLinksOf(readDocument(path)).filter((target) => !existsSync(packagePath(join(dirname(path), target))));
    expect(broken).toEqual([]);
  });

  test.each(documentPaths())('%s names only files that exist', (path) => {
    const named = inBackticks(withoutFences(readDocument(path))).filter(isPath);
    expect(named.filter((name) => !existsSync(packagePath(name)))).toEqual([]);
  });
});
