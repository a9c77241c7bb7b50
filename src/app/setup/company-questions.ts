/** What a company has to be asked before it can be set up; what was given already is not asked again. */
import { askUntilRight, askWhatIsNeeded, type Asking } from './ask-until-right.ts';
import { readCompanyCode, readCompanyTrn, readEmirate, readMailbox } from '../company-identity.ts';
import type { CompanyRequest } from '../create-company.ts';
import { readLine } from '../operator-input.ts';
import { EMIRATES } from '../../domain/vocabulary.ts';

/** Any part of it. */
type Known = { readonly [Part in keyof CompanyRequest]?: CompanyRequest[Part] | undefined };

export async function askForCompany(asking: Asking, given: Known): Promise<CompanyRequest> {
  const { say } = asking;
  say('Your company. Enter leaves out what may be left out; everything can be changed later with `wafa company set`.');
  const line = (what: string, most: number) => (text: string) => readLine(text, what, most);
  const optional = async (known: string | undefined, question: string, read: (text: string) => string): Promise<string | undefined> =>
    known ?? (await askUntilRight(asking, question, read)) ?? undefined;
  const code = given.code ?? (await askWhatIsNeeded(asking, 'A short code for it, such as ACME:', readCompanyCode));
  const name = given.name ?? (await askWhatIsNeeded(asking, 'Its legal name:', line('the company name', 300)));
  const nameAr = await optional(given.nameAr, 'Its legal name in Arabic:', line('the Arabic name', 300));
  const trn = await optional(given.trn, 'Its TRN, fifteen digits:', readCompanyTrn);
  const emirate = await optional(given.emirate, `Its emirate (${EMIRATES.join(', ')}):`, readEmirate);
  const fromAddress = await optional(given.fromAddress, 'The address its mails come from:', readMailbox);
  const phone = await optional(given.phone, 'The telephone number customers may call:', line('the phone number', 40));
  const contactPerson = await optional(given.contactPerson, 'The person they may ask for:', line('the contact person', 200));
  return { ...given, code, name, nameAr, trn, emirate, fromAddress, phone, contactPerson };
}
