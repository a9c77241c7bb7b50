/** A recorded block as its verbs show it. */
import type { CommandResult } from './command.ts';
import { effectView, reviewNotes } from './fact-view.ts';
import { moneyText } from '../../domain/money.ts';
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
  const until = block.untilOn === null ? `until it is lifted with \`wafa unblock ${block.id}\`` : `until ${block.untilOn.toString()}`;
  return {
    data,
    ending: 'ok',
    notes: [`${blockedWhat(block)} is kept out of reminders ${until} (block ${block.id}, ${block.kind}).`, ...reviewNotes(block)],
  };
}

/** A part of an invoice is told as a part: the rest of it is still asked for. */
function blockedWhat({ customerCode, invoice, amount }: RecordedBlock): string {
  if (invoice === null) return `Customer ${customerCode}`;
  return amount === null ? `Invoice ${invoice} of ${customerCode}` : `${moneyText(amount)} of invoice ${invoice} of ${customerCode}`;
}
