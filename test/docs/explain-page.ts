/** `docs/explain.md`: what `wafa explain` answers in each situation, asked of the program itself. */
import { answerTo, SITUATIONS } from './situations.ts';

const HEAD = `# What explain answers

\`wafa explain C-17\` says why a customer is, or is not, written to, what else holds, and when that would change if nothing is paid. The answers
below are the program's own, for a made-up customer on Monday 23 November 2026 unless a season is meant. What each rule is stands in
[domain.md](domain.md). This page is written by \`npm run docs\`.
`;

export const explainPage = (): string =>
  [
    HEAD,
    ...SITUATIONS.map(
      (one) =>
        `## ${one.title}\n\n${answerTo(one)
          .sentences.map((sentence) => `> ${sentence}`)
          .join('\n>\n')}\n`,
    ),
  ].join('\n');
