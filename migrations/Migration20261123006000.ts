import { Migration } from '@mikro-orm/migrations';

/**
 * What a million invoices and two hundred thousand customers pay for in every row. The index of due days served no statement: accounts to
 * plan are found by their facts, and documents by their customer. In the key of documents the number comes first, because the kind, the same
 * in nearly every row, told nothing and was compared at every step. What customers are found by is computed the short way where the text
 * is plain ASCII, and otherwise as before; the values stay the same.
 */
export class Migration20261123006000 extends Migration {
  override up(): void {
    this.addSql(`
      drop index invoices_due;
      alter table invoices drop constraint invoices_company_id_kind_number_key, add unique (company_id, number, kind);`);
    this.addSql(searchColumns(quickSearchText, quickPhoneKey));
  }

  override down(): void {
    this.addSql(searchColumns(searchText, phoneKey));
    this.addSql(`
      alter table invoices drop constraint invoices_company_id_number_kind_key, add unique (company_id, kind, number);
      create index invoices_due on invoices (company_id, due_on) where open_minor > 0 and kind = 'INVOICE';
      comment on index invoices_due is 'plan: which accounts have something overdue; ageing';`);
  }
}

const SAME_FROM = '٠۰١۱٢۲٣۳٤۴٥۵٦۶٧۷٨۸٩۹أإآٱىئیةؤکàáâãäåāăÀÁÂÃÄÅĀĂçćčÇĆČèéêëēÈÉÊËĒğĞìíîïīıİÌÍÎÏĪñÑòóôõöøōÒÓÔÕÖØŌšşŠŞùúûüūÙÚÛÜŪýÿÝžŽ';
const SAME_TO = '00112233445566778899اااايييهوكaaaaaaaaaaaaaaaacccccceeeeeeeeeeggiiiiiiiiiiiinnoooooooooooooossssuuuuuuuuuuyyyzz';
const UNHEARD = 'ءـ\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u200C\u200D\u00A0 .,-–\'’"()/&|_';
const UNHEARD_ASCII = ' .,-\'"()/&|_';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const compared = (from: string, to: string): string =>
  `left(lower(translate(code || '¦' || name || '¦' || coalesce(name_ar, ''), ${quoted(from)}, ${quoted(to)}) collate "C"), 500)`;
const searchText = compared(SAME_FROM + UNHEARD, SAME_TO);
/** As many bytes as characters: nothing but ASCII, in which a dozen marks are all that is left out. */
const quickSearchText = `case
  when octet_length(code) + octet_length(name) + octet_length(coalesce(name_ar, '')) = length(code) + length(name) + length(coalesce(name_ar, ''))
  then ${compared(UNHEARD_ASCII, '')} else ${searchText} end`;

const phoneKey = `right(regexp_replace(regexp_replace(regexp_replace(
    translate(phone, '٠۰١۱٢۲٣۳٤۴٥۵٦۶٧۷٨۸٩۹', '00112233445566778899'), '^[^0-9]+', ''), '[A-Za-z;,/#].*$', ''), '[^0-9]', '', 'g'), 7)`;
const quickPhoneKey = `case when phone ~ '^[+]?[0-9]*$' then right(ltrim(phone, '+'), 7) else ${phoneKey} end`;

/** PostgreSQL 15 cannot give a computed column another expression: it is made anew, and with it the index. */
const searchColumns = (text: string, key: string): string => `
  alter table customers drop column search_text, drop column phone_key;
  alter table customers
    add column search_text text not null generated always as (${text}) stored,
    add column phone_key text generated always as (${key}) stored;
  create index customers_search on customers (company_id, search_text, id);
  comment on index customers_search is 'customer find: a part of a code or a name';
  create index customers_phone on customers (company_id, phone_key) where phone_key is not null;
  comment on index customers_phone is 'customer find: who has this telephone';
  comment on column customers.search_text is 'Code and names as they are compared, kept equal to searchKey of the domain.';
  comment on column customers.phone_key is 'The last seven digits, by which a number is found however it was written.';

  alter table contacts drop column phone_key;
  alter table contacts add column phone_key text generated always as (${key}) stored;
  create index contacts_phone on contacts (company_id, phone_key) where phone_key is not null;
  comment on index contacts_phone is 'customer find: whose contact has this telephone';`;
