/** Reads one address of a ledger: what no mail may go to is refused, or left out with a warning where the mapping says so. */
import { ADDRESS_FAULTS, checkEmailAddress } from '../../domain/email-address.ts';
import type { AddressFlag } from '../../domain/email-address.ts';
import { shown } from '../faults.ts';
import type { RowReader } from '../row-reader.ts';

export interface AddressCell {
  readonly reader: RowReader;
  readonly column: string;
  /** The company's own domains: mail to them would be a loop. */
  readonly ownDomains: readonly string[];
  readonly badAddresses: 'refuse' | 'leave-out';
}

/** @returns `null` when the text is no address; the fault or the warning is filed then. */
export function readAddress(text: string, { reader, column, ownDomains, badAddresses }: AddressCell): string | null {
  const check = checkEmailAddress(text, ownDomains);
  if (!check.ok) {
    const says = `the address ${shown(text)} ${ADDRESS_FAULTS[check.why]}`;
    if (badAddresses === 'leave-out')
      reader.warn('address-left-out', column, `${says}; it is left out`, 'Record an address that reaches somebody.');
    else reader.refuse('bad-address', column, says, ADVICE[check.why] ?? 'Correct it, or leave the cell empty.');
    return null;
  }
  const flag = check.flags.find((each) => each in ADDRESS_WARNINGS);
  if (flag !== undefined)
    reader.warn('odd-address', column, `the address ${check.address} ${ADDRESS_WARNINGS[flag] ?? ''}`, 'Check that it is right.');
  return check.address;
}

const ADVICE: Readonly<Partial<Record<keyof typeof ADDRESS_FAULTS, string>>> = {
  not_single_address: 'Keep the one that receives reminders; add the others as contacts.',
};

/** Reserved domains are not warned of: sample ledgers consist of them, and the mail side refuses to deliver there anyway. */
const ADDRESS_WARNINGS: Readonly<Partial<Record<AddressFlag, string>>> = {
  role_account: 'is one that nobody reads',
  own_domain: 'is at a domain of your own company',
  mixed_script: 'mixes alphabets',
};
