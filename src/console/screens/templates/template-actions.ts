/** What can be done to a template, wherever one is shown: each as the words of `wafa templates`, with what has to be agreed to. */
import type { Binding } from '../../input/binding.ts';
import type { Confirmation, Intent, VerbAct } from '../../state/intent.ts';
import type { ListedTemplate } from '../../../app/templates/read-templates.ts';

/** How a template stands: what a key may do to it. */
export type TemplateStanding = Pick<ListedTemplate, 'name' | 'activeVersion' | 'draftVersion' | 'versionBefore'>;

const verb = (words: readonly string[], shows: VerbAct['shows'], confirm: Confirmation | null = null): Intent => ({
  kind: 'verb',
  act: { words: ['templates', ...words], confirm, shows, undo: null },
});

interface Action {
  readonly name: string;
  readonly chord: string;
  readonly about: string;
  readonly verb?: string;
  whyNot?(standing: TemplateStanding): string | null;
  intent(standing: TemplateStanding): Intent;
}

const noDraft = ({ draftVersion }: TemplateStanding): string | null => (draftVersion === null ? 'there is no draft' : null);

const ACTIONS: readonly Action[] = [
  {
    name: 'preview',
    chord: 'p',
    about: 'How the version in force reads, in English and Arabic, about made-up invoices.',
    intent: ({ name }) => verb(['preview', name, '--language', 'EN_AR'], 'page'),
  },
  {
    name: 'preview-draft',
    chord: 'P',
    about: 'How the draft would read, in English and Arabic.',
    whyNot: noDraft,
    intent: ({ name, draftVersion }) => verb(['preview', name, '--version', String(draftVersion), '--language', 'EN_AR'], 'page'),
  },
  {
    name: 'check',
    chord: 'c',
    about: 'Whether the draft, or else the version in force, may be used as it stands.',
    intent: ({ name, draftVersion }) =>
      verb(['validate', name, ...(draftVersion === null ? [] : ['--version', String(draftVersion)])], 'summary'),
  },
  {
    name: 'compare',
    chord: 'd',
    about: 'What the draft says otherwise than the version in force.',
    whyNot: noDraft,
    intent: ({ name }) => verb(['diff', name], 'page'),
  },
  {
    name: 'edit',
    chord: 'e',
    about: 'Write a new version in your editor (VISUAL or EDITOR), from the draft when there is one; it says nothing until activated.',
    verb: 'templates edit',
    intent: ({ name, draftVersion }) =>
      verb(['edit', name, ...(draftVersion === null ? [] : ['--version', String(draftVersion)])], 'summary'),
  },
  {
    name: 'activate',
    chord: 'a',
    about: 'Put the draft in force: what waits for approval takes it with the next plan.',
    verb: 'templates activate',
    whyNot: noDraft,
    intent: ({ name, draftVersion, activeVersion }) =>
      verb(['activate', name, '--version', String(draftVersion)], 'summary', {
        question: `Put version ${String(draftVersion)} of ${name} in force?`,
        facts: [
          `It replaces version ${activeVersion ?? 'none'}. Reminders waiting for approval take it with the next plan; approved ones keep their words.`,
        ],
        typedWord: null,
        verb: 'activate',
      }),
  },
  {
    name: 'roll-back',
    chord: 'b',
    about: 'Put the version in force again that was before this one.',
    verb: 'templates activate',
    whyNot: ({ versionBefore }) => (versionBefore === null ? 'no other version was ever in force' : null),
    intent: ({ name, activeVersion, versionBefore }) =>
      verb(['rollback', name], 'summary', {
        question: `Take version ${activeVersion ?? 'none'} of ${name} back?`,
        facts: [`Version ${String(versionBefore)} is in force again. Approved reminders keep their words.`],
        typedWord: null,
        verb: 'take back',
      }),
  },
];

/** @param standing finds the template the keys are about; null while there is none. */
export const templateBindings = <State>(standing: (state: State) => TemplateStanding | null): readonly Binding<State>[] =>
  ACTIONS.map(({ name, chord, about, verb: needs, whyNot, intent }) => ({
    name,
    chords: [chord],
    label: name.replace('-', ' '),
    about,
    ...(needs === undefined ? {} : { verb: needs }),
    whyNot: (state) => {
      const found = standing(state);
      return found === null ? 'no template is chosen' : (whyNot?.(found) ?? null);
    },
    run: (state) => {
      const found = standing(state);
      return { state, intents: found === null ? [] : [intent(found)] };
    },
  }));
