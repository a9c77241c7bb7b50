/** The people of a made-up customer, at reserved domains only: nothing sent to them can reach anybody. */
import type { Language } from '../../domain/vocabulary.ts';
import { customerCode, placeInBlock } from './account-groups.ts';
import type { CustomerName } from './customer-name.ts';
import type { ContactRecord } from '../ledger-records.ts';
import type { Random } from './random.ts';
import { FAMILY_NAMES, GIVEN_NAMES, CONTACT_ROLES } from './words.ts';

interface ContactTraits {
  readonly random: Random;
  readonly index: number;
  readonly name: CustomerName;
  readonly language: Language | null;
  readonly isBranch: boolean;
}

export function sampleContacts(traits: ContactTraits): readonly ContactRecord[] {
  const { random, isBranch } = traits;
  // Branches are billed through their head office and mostly have nobody of their own; a few accounts lack an address too.
  if (random.chance(isBranch ? 0.8 : 0.03)) return [];
  const first = contact(traits, true);
  return random.chance(0.15) ? [first, contact(traits, false)] : [first];
}

function contact({ random, index, name, language }: ContactTraits, isPrimary: boolean): ContactRecord {
  const [given, givenAr] = random.pick(GIVEN_NAMES);
  const [family, familyAr] = random.pick(FAMILY_NAMES);
  const role = random.pick(CONTACT_ROLES);
  const mailbox = isPrimary ? 'accounts' : `${given}.${family}`.toLowerCase().replaceAll(' ', '');
  const owner = customerCode(sharingIndex(index)).toLowerCase();
  const isSharing = [150, 151].includes(placeInBlock(index));
  return {
    name: `${given} ${family}`,
    nameAr: language === null || language === 'EN' ? null : `${givenAr} ${familyAr}`,
    // A form of address is never guessed from a name.
    title: null,
    role,
    address: isPrimary && (isSharing || random.chance(0.3)) ? `ap.${owner}@example.test` : `${mailbox}@${name.slug}-${owner}.example`,
    language: random.chance(0.05) ? 'AR' : null,
    isPrimary,
  };
}

/** Two accounts of every 400 share a bookkeeper, hence an address, its contact interval and its weekly cap. */
const sharingIndex = (index: number): number => (placeInBlock(index) === 151 ? index - 1 : index);
