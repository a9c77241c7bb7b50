/** A recorded block as its verbs show it. */
import type { CommandResult } from './command.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import type { RecordedBlock } from '../record-block.ts';

export function blockResult(block: RecordedBlock): CommandResult<unknown> {
  const data = {
    block: {
      id: block.id,
      kind: block.kind,
      customer: block.customerCode,
      invoice: block.invoice,
      untilOn: block.untilOn?.toString() ?? null,
    },
    ...effectView(block),
  };
  const what = block.invoice === null ? `Customer ${block.customerCode}` : `Invoice ${block.invoice} of ${block.customerCode}`;
  const until = block.untilOn === null ? `until it is lifted with \`wafa unblock ${block.id}\`` : `until ${block.untilOn.toString()}`;
  return {
    data,
    ending: 'ok',
    notes: [`${what} is kept out of reminders ${until} (block ${block.id}, ${block.kind}).`, ...reviewNotes(block)],
  };
}
