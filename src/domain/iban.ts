/** Decides whether a text is an IBAN (ISO 13616): its form, its length where the country's is known, and its check digits (mod 97 = 1). */

/** Lengths of the Gulf's neighbours and of where their suppliers bank; other countries are judged by their check digits alone. */
const LENGTHS: Readonly<Record<string, number>> = {
  AE: 23,
  SA: 24,
  QA: 29,
  BH: 22,
  KW: 30,
  JO: 30,
  EG: 29,
  LB: 28,
  GB: 22,
  DE: 22,
  FR: 27,
  NL: 18,
  CH: 21,
};

export type IbanReading = { readonly ok: true; readonly iban: string } | { readonly ok: false; readonly why: string };

/** Spaces as printed are taken out; nothing else is repaired. */
export function readIban(text: string): IbanReading {
  const iban = text.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return { ok: false, why: 'is not an IBAN: two letters, two digits, then the account' };
  const wanted = LENGTHS[iban.slice(0, 2)];
  if (wanted !== undefined && iban.length !== wanted)
    return { ok: false, why: `has ${iban.length} characters; IBANs of ${iban.slice(0, 2)} have ${wanted}` };
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n ? { ok: true, iban } : { ok: false, why: 'has wrong check digits: one of its characters is mistyped' };
}
