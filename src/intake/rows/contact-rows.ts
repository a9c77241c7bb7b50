/** Turns rows into contacts of customers that are recorded already: a file of addresses beside the ledger. */
import { LANGUAGES } from '../../domain/vocabulary.ts';
import type { BoundField } from '../bind-columns.ts';
import type { AddedContact } from '../ledger-records.ts';
import type { ContactField } from '../mapping.ts';
import { LONGEST } from '../row-reader.ts';
import type { RowReader } from '../row-reader.ts';
import { SeenKeys } from '../seen-keys.ts';
import { readAddress } from './address-cell.ts';

export interface ContactRowsOptions {
  readonly fields: Partial<Record<ContactField, BoundField>>;
  readonly reader: RowReader;
  /** The company's own domains: mail to them would be a loop. */
  readonly ownDomains: readonly string[];
}

export class ContactRows {
  private readonly options: ContactRowsOptions;
  private readonly seen = new SeenKeys();
  private readonly primaries = new SeenKeys();

  constructor(options: ContactRowsOptions) {
    this.options = options;
  }

  read(): AddedContact | null {
    const { fields, reader } = this.options;
    const customerCode = reader.requiredIdentifier(fields.customerCode, LONGEST.code);
    if (reader.isFaulty) return null;
    reader.subject = `Contact of ${customerCode}`;
    const address = this.address(fields.address);
    const name = reader.requiredName(fields.name);
    const contact: AddedContact = {
      kind: 'contact',
      customerCode,
      address,
      name,
      nameAr: reader.name(fields.nameAr),
      title: reader.name(fields.title),
      role: reader.name(fields.role),
      language: reader.word(fields.language, LANGUAGES),
      isPrimary: reader.isYes(fields.isPrimary) ?? false,
      source: reader.place,
    };
    if (reader.isFaulty) return null;
    this.refuseTwice(contact);
    return reader.isFaulty ? null : contact;
  }

  private address(field: BoundField | undefined): string {
    const { reader, ownDomains } = this.options;
    if (field === undefined || reader.raw(field) === '') return reader.requiredIdentifier(field, LONGEST.name);
    return readAddress(reader.verbatim(field), { reader, column: field.column, ownDomains, badAddresses: 'refuse' }) ?? '';
  }

  private refuseTwice({ customerCode, address, isPrimary }: AddedContact): void {
    const { fields, reader } = this.options;
    const before = this.seen.see(`${customerCode} ${address.toLowerCase()}`, 0, reader.row);
    if (before.kind !== 'new') {
      reader.joins(before.row);
      reader.refuse(
        'duplicate-in-file',
        fields.address?.column ?? null,
        `also has ${address} in row ${before.row}`,
        'Remove one of the rows.',
      );
    }
    if (!isPrimary || reader.isFaulty) return;
    const other = this.primaries.see(customerCode, 0, reader.row);
    if (other.kind === 'new') return;
    reader.joins(other.row);
    reader.refuse(
      'two-primaries',
      fields.isPrimary?.column ?? null,
      `is the second primary one, after row ${other.row}`,
      'Say yes for the one who is written to first.',
    );
  }
}
