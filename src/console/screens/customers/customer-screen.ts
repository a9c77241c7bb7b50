/** One customer in full, with a key for each thing people say on the telephone. */
import type { Binding } from '../../input/binding.ts';
import { pageScreen, type PageState } from '../../widgets/page-screen.ts';
import { customerPresenter } from '../../../cli/present/customer.ts';
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
    line('promise', 'p', 'They promise to pay; type the day.', (code) => `promise ${code} `, 'promise'),
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
