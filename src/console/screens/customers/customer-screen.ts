/** One customer in full, with a key for each thing people say on the telephone. */
import type { Binding } from '../../input/binding.ts';
import { DAY_WORDS } from '../../input/day-words.ts';
import { pageScreen, type PageState } from '../../widgets/page-screen.ts';
import { customerPresenter } from '../../../cli/present/customer.ts';
import type { Prompt, VerbAct } from '../../state/intent.ts';
import { moneyWords } from '../../widgets/money-words.ts';
import type { CustomerView } from '../../../app/customers/show-customer.ts';

type State = PageState<CustomerView>;

const codeOf = ({ question }: State): string => String(question['code']);

/** Opens the line with the verb and the customer; what was said is typed behind it. */
const line = (name: string, chord: string, about: string, words: (code: string) => string, verb: string): Binding<State> => ({
  name,
  chords: [chord],
  label: name,
  about,
  verb,
  run: (state) => ({ state, intents: [{ kind: 'command-line', text: words(codeOf(state)) }] }),
});

const reading = (name: string, chord: string, about: string, verb: string): Binding<State> => ({
  name,
  chords: [chord],
  label: name,
  about,
  run: (state) => ({ state, intents: [{ kind: 'verb', act: { words: [verb, codeOf(state)], confirm: null, shows: 'page', undo: null } }] }),
});

/** The first who is written to; the others stay as they are. */
const addressOf = (data: CustomerView | null): string | null =>
  data?.contacts.find(({ isActive, address, suppressedWhy }) => isActive && address !== null && suppressedWhy === null)?.address ?? null;

const wrongPerson = (address: string): Prompt => ({
  title: `${address} is the wrong person. Who said so?`,
  hint: 'Nothing more goes to this address; the next plan looks for another contact, or leaves the account to you.',
  value: '',
  act: {
    words: ['suppress', address, '--why', 'wrong-person', '--reason', '{answer}'],
    confirm: null,
    shows: 'summary',
    undo: ['unsuppress', address, '--reason', 'taken back'],
  },
});

const promiseBy = (state: State): Prompt => ({
  title: `${codeOf(state)} promises to pay. By which day?`,
  hint: `A day such as ${DAY_WORDS}. It covers all that is open; for less, type :promise ${codeOf(state)} DAY --invoice NUMBER or --amount.`,
  value: '',
  reads: 'day',
  act: {
    words: ['promise', codeOf(state), '{answer}'],
    confirm: null,
    shows: 'summary',
    undo: ['unblock', '{promise.id}', '--reason', 'taken back at once'],
  },
});

const sendStatement = (state: State): VerbAct => ({
  words: ['statement', codeOf(state), '--send'],
  confirm: {
    question: 'Send a statement of account?',
    facts: [
      `To ${codeOf(state)} ${state.data?.customer.name ?? ''}, as PDF, of everything open: ${state.data?.balance.map(moneyWords).join(' and ') ?? ''}.`,
    ],
    typedWord: null,
    verb: 'send',
  },
  shows: 'summary',
  undo: null,
});

export const customerScreen = pageScreen<CustomerView>({
  name: 'customer',
  title: 'Customer',
  digit: null,
  question: ({ code }) => ({ code }),
  fetch: async (session, { code }) => {
    const { showCustomer } = await import('../../../app/customers/show-customer.ts');
    return await showCustomer(session, code as string);
  },
  page: (view, timeZone) => customerPresenter.page(view, { notes: [], timeZone }),
  heading: ({ customer }) => `${customer.code} ${customer.name}`,
  bindings: [
    {
      name: 'wrong-person',
      chords: ['x'],
      label: 'wrong person',
      about: 'The address is not the right person’s: nothing more goes to it; type who said so.',
      verb: 'suppress',
      whyNot: ({ data }) => (addressOf(data) === null ? 'nobody is written to at present' : null),
      run: (state) => {
        const address = addressOf(state.data);
        return { state, intents: address === null ? [] : [{ kind: 'prompt', prompt: wrongPerson(address) }] };
      },
    },
    {
      name: 'statement',
      chords: ['s'],
      label: 'statement',
      about: 'Send them a statement of account, as PDF.',
      verb: 'statement send',
      run: (state) => ({ state, intents: [{ kind: 'verb', act: sendStatement(state) }] }),
    },
    {
      name: 'promise',
      chords: ['p'],
      label: 'promise',
      about: 'They promise to pay what is open; type the day. For one invoice or an amount: `:promise`.',
      verb: 'promise',
      run: (state) => ({ state, intents: [{ kind: 'prompt', prompt: promiseBy(state) }] }),
    },
    line('paid', 'c', 'They say it is paid; type their reference.', (code) => `paid-claim ${code} --reference `, 'paid-claim'),
    line('dispute', 'd', 'They dispute an invoice; type its number and --reason.', () => 'dispute ', 'dispute'),
    line('note', 'n', 'Log the call.', (code) => `contact ${code} --kind call --result `, 'contact'),
    line(
      'answered',
      'A',
      'Their reply, or a task about them, has been dealt with; type how.',
      (code) => `answered ${code} --did `,
      'answered',
    ),
    line('change', 'e', 'Change a setting, such as language=AR.', (code) => `customer set ${code} `, 'customer'),
    reading('why', 'w', 'Why they are, or are not, reminded.', 'explain'),
  ],
});
