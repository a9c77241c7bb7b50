/** The documents that are written from the program, so that they cannot say anything else. */
import { cliPage } from './cli-page.ts';
import { consolePage } from './console-page.ts';
import { explainPage } from './explain-page.ts';
import { policyPage } from './policy-page.ts';
import { templatesPage } from './templates-page.ts';
import { validatePage } from './validate-page.ts';

export interface WrittenPage {
  readonly path: string;
  readonly text: string;
}

export const writtenPages = async (): Promise<readonly WrittenPage[]> => [
  { path: 'docs/cli.md', text: await cliPage() },
  { path: 'docs/console.md', text: consolePage() },
  { path: 'docs/explain.md', text: explainPage() },
  { path: 'docs/policy.md', text: policyPage() },
  { path: 'docs/templates.md', text: templatesPage() },
  { path: 'docs/validate.md', text: validatePage() },
];
