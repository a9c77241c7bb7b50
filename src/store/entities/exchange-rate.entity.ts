/** Rates that rank and limit; never printed to a customer. */
import { defineEntity, p } from '@mikro-orm/core';

import { companyKey, createdAt, day, identity, wholeNumber } from './column-types.ts';
import { tenantTable } from './tenant-table.ts';

const ExchangeRateSchema = defineEntity({
  ...tenantTable,
  name: 'ExchangeRate',
  tableName: 'exchange_rates',
  properties: {
    companyId: companyKey(),
    id: identity<'exchange-rate'>(),
    currency: p.text().check(`currency ~ '^[A-Z]{3}$'`),
    ratePpm: wholeNumber()
      .check('rate_ppm > 0')
      .comment('Units of base currency for one unit of the currency, in millionths. Ranks and limits only; never printed to a customer.'),
    quotedOn: day(),
    source: p.text(),
    createdAt: createdAt(),
  },
  uniques: [{ properties: ['companyId', 'currency', 'quotedOn'] }],
});

export class ExchangeRate extends ExchangeRateSchema.class {}
ExchangeRateSchema.setClass(ExchangeRate);
