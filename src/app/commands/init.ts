import { z } from 'zod';
import { defineCommand } from './command.ts';

export const initCommand = defineCommand({
  name: 'init',
  group: 'set up',
  summary: 'Set up a company of your own',
  example: 'init --code ACME --name "Acme Trading LLC" --from-address accounts@acme.ae',
  arguments: [],
  options: [
    { name: 'code', about: 'short code, for example ACME', value: 'CODE' },
    { name: 'name', about: 'legal name', value: 'TEXT' },
    { name: 'nameAr', about: 'legal name in Arabic', value: 'TEXT' },
    { name: 'trn', about: 'tax registration number, fifteen digits', value: 'TRN' },
    { name: 'emirate', about: 'AUH, DXB, SHJ, AJM, UAQ, RAK or FUJ', value: 'EMIRATE' },
    { name: 'baseCurrency', about: 'currency of the books; AED if left out', value: 'CODE' },
    { name: 'timeZone', about: 'zone of its days; Asia/Dubai if left out', value: 'ZONE' },
    { name: 'language', about: 'EN, AR, EN_AR or AR_EN for customers without one of their own', value: 'LANGUAGE' },
    { name: 'addressLine', about: 'postal address in one line', value: 'TEXT' },
    { name: 'phone', about: 'number customers may call', value: 'NUMBER' },
    { name: 'contactPerson', about: 'whom customers may ask for', value: 'NAME' },
    { name: 'fromName', about: 'name mails come from; the legal name if left out', value: 'TEXT' },
    { name: 'fromAddress', about: 'address mails come from', value: 'ADDRESS' },
    { name: 'replyTo', about: 'address replies go to', value: 'ADDRESS' },
  ],
  schema: z.object({
    code: z.string({ error: 'is needed: --code ACME' }).min(1).max(60),
    name: z.string({ error: 'is needed: --name "Acme Trading LLC"' }).min(1).max(300),
    nameAr: z.string().optional(),
    trn: z.string().optional(),
    emirate: z.string().optional(),
    baseCurrency: z.string().optional(),
    timeZone: z.string().optional(),
    language: z.string().optional(),
    addressLine: z.string().optional(),
    phone: z.string().optional(),
    contactPerson: z.string().optional(),
    fromName: z.string().optional(),
    fromAddress: z.string().optional(),
    replyTo: z.string().optional(),
  }),
  // There is no user before there is a company: whoever runs it becomes the first.
  roles: [],
  isDangerous: false,
  reversedBy: null,
  run: async (context, input) => {
    const { createCompany } = await import('../create-company.ts');
    const { companyId, companyCode, needsFromAddress } = await createCompany(context.installation, input);
    const notes = [
      `Company ${companyCode} is set up; you are its operator, approver and administrator in one person.`,
      ...(needsFromAddress
        ? [`Give the address its mails come from before sending: \`wafa --company ${companyCode} company set fromAddress=…\``]
        : []),
      `Next: \`wafa --company ${companyCode} import customers.csv\`.`,
    ];
    return { data: { company: { id: companyId, code: companyCode } }, ending: 'ok' as const, notes };
  },
});
