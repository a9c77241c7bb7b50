/** The made-up company whose ledger the sample book is: a distributor of building and catering supplies in Dubai. */
import { trnFromSerial } from '../../domain/trn.ts';

export const SAMPLE_COMPANY = {
  code: 'demo',
  name: 'Wahat Al Imdad Supplies LLC',
  nameAr: 'واحة الإمداد للتوريدات ذ.م.م',
  trn: trnFromSerial(999_983),
  emirate: 'DXB',
  baseCurrency: 'AED',
  domain: 'wahat-al-imdad.example',
} as const;
