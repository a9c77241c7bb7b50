import { Migration } from '@mikro-orm/migrations';
import { onRowsOf } from './tenant-table.ts';

/**
 * Facts recorded by hand and taken back: reversals of allocations, what a cheque is worth, contacts with a reference that can be struck out,
 * notes about a customer; and what a customer is found by.
 */
export class Migration20261123003000 extends Migration {
  override up(): void {
    this.addSql(REVERSALS);
    this.addSql(CHEQUES);
    this.addSql(CONTACTS);
    this.addSql(SEARCH);
  }

  override down(): void {
    this.addSql(`
      drop index customers_search; drop index customers_phone; drop index contacts_phone;
      drop index invoices_customer_reference; drop index payments_reference;
      alter table customers drop column search_text, drop column phone_key, drop column notes;
      alter table contacts drop column phone_key;`);
    // A contact that was struck out, and what an allocation and its reversal did together, is nothing: the older schema has no words for it.
    this.addSql(
      onRowsOf(
        'contact_log',
        `delete from contact_log where undone_at is not null;
         drop index contact_log_reference;
         alter table contact_log drop column reference, drop column undone_at, drop column undone_by;`,
      ),
    );
    this.addSql(`
      drop index blocks_unattended;
      alter table blocks drop column cheque_amount_minor, drop column cheque_currency, drop column attended_at, drop column attended_by;`);
    this.addSql(
      onRowsOf(
        'blocks',
        `update blocks set kind = 'DO_NOT_CHASE' where kind = 'RETURNED_CHEQUE';
         alter table blocks drop constraint blocks_kind_check;
         alter table blocks add constraint blocks_kind_check check (kind in (${KINDS}));`,
      ),
    );
    this.addSql(
      onRowsOf(
        'allocations',
        `delete from allocations where id in (select id from allocations where reverses_id is not null
                                             union all select reverses_id from allocations where reverses_id is not null);
         drop index allocations_reverses;
         alter table allocations drop constraint only_a_reversal_is_negative, drop constraint allocations_amount_minor_check,
           drop column reverses_id, drop column reference;
         alter table allocations add constraint allocations_amount_minor_check check (amount_minor > 0);`,
      ),
    );
  }
}

/** Written out: the words of a migration never change. */
const KINDS = `'DISPUTE', 'PROMISE', 'CHEQUE', 'RETENTION', 'PAID_CLAIM', 'DO_NOT_CHASE', 'REPLY', 'ALLOCATION'`;

const REVERSALS = onRowsOf(
  'allocations',
  `
  alter table allocations add column reverses_id bigint, add column reference text;
  alter table allocations drop constraint allocations_amount_minor_check;
  alter table allocations
    add constraint allocations_amount_minor_check check (amount_minor <> 0),
    add constraint only_a_reversal_is_negative check ((amount_minor < 0) = (reverses_id is not null)),
    add foreign key (company_id, reverses_id) references allocations (company_id, id);
  create unique index allocations_reverses on allocations (company_id, reverses_id) where reverses_id is not null;
  comment on index allocations_reverses is 'invariant: an allocation is reversed once; undo: is it';`,
);

const CHEQUES = onRowsOf(
  'blocks',
  `
  alter table blocks drop constraint blocks_kind_check;
  alter table blocks add constraint blocks_kind_check check (kind in (${KINDS}, 'RETURNED_CHEQUE'));
  alter table blocks
    add column cheque_amount_minor bigint check (cheque_amount_minor > 0),
    add column cheque_currency text check (cheque_currency ~ '^[A-Z]{3}$'),
    add column attended_at timestamptz,
    add column attended_by bigint;
  alter table blocks
    add constraint cheque_amount_has_a_currency check ((cheque_amount_minor is null) = (cheque_currency is null)),
    add constraint attended_after_its_end check (attended_at is null or ended_at is not null),
    add foreign key (company_id, attended_by) references users (company_id, id);
  create index blocks_unattended on blocks (company_id, kind, ended_at) where outcome = 'EXPIRED' and attended_at is null;
  comment on index blocks_unattended is 'tasks: claims of payment and cheques that ran out without the money';
  comment on column blocks.attended_at is 'When a person dealt with what ran out: a claim of payment nobody found, a cheque nobody heard of.';`,
);

const CONTACTS = onRowsOf(
  'contact_log',
  `
  alter table contact_log add column reference text, add column undone_at timestamptz, add column undone_by bigint;
  alter table contact_log add foreign key (company_id, undone_by) references users (company_id, id);
  create unique index contact_log_reference on contact_log (company_id, customer_id, reference) where reference is not null and undone_at is null;
  comment on index contact_log_reference is 'invariant: a contact with a reference is recorded once';`,
);

const SAME_FROM = '٠۰١۱٢۲٣۳٤۴٥۵٦۶٧۷٨۸٩۹أإآٱىئیةؤکàáâãäåāăÀÁÂÃÄÅĀĂçćčÇĆČèéêëēÈÉÊËĒğĞìíîïīıİÌÍÎÏĪñÑòóôõöøōÒÓÔÕÖØŌšşŠŞùúûüūÙÚÛÜŪýÿÝžŽ';
const SAME_TO = '00112233445566778899اااايييهوكaaaaaaaaaaaaaaaacccccceeeeeeeeeeggiiiiiiiiiiiinnoooooooooooooossssuuuuuuuuuuyyyzz';
const UNHEARD = 'ءـ\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u200C\u200D\u00A0 .,-–\'’"()/&|_';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const searchText = `left(lower(translate(code || '¦' || name || '¦' || coalesce(name_ar, ''),
  ${quoted(SAME_FROM + UNHEARD)}, ${quoted(SAME_TO)}) collate "C"), 500)`;
const phoneKey = `right(regexp_replace(regexp_replace(regexp_replace(
    translate(phone, '٠۰١۱٢۲٣۳٤۴٥۵٦۶٧۷٨۸٩۹', '00112233445566778899'), '^[^0-9]+', ''), '[A-Za-z;,/#].*$', ''), '[^0-9]', '', 'g'), 7)`;

/**
 * Names are found by a scan of an index that holds nothing else: no operator that finds a part of a text is leak-proof, so none could be an
 * index condition under row-level security. Five hundred characters of it, because an index entry has an upper size.
 */
const SEARCH = `
  alter table customers
    add column notes text check (length(notes) between 1 and 4000),
    add column search_text text not null generated always as (${searchText}) stored,
    add column phone_key text generated always as (${phoneKey}) stored;
  create index customers_search on customers (company_id, search_text, id);
  comment on index customers_search is 'customer find: a part of a code or a name';
  create index customers_phone on customers (company_id, phone_key) where phone_key is not null;
  comment on index customers_phone is 'customer find: who has this telephone';
  comment on column customers.search_text is 'Code and names as they are compared, kept equal to searchKey of the domain.';
  comment on column customers.phone_key is 'The last seven digits, by which a number is found however it was written.';

  alter table contacts add column phone_key text generated always as (${phoneKey}) stored;
  create index contacts_phone on contacts (company_id, phone_key) where phone_key is not null;
  comment on index contacts_phone is 'customer find: whose contact has this telephone';

  create index invoices_customer_reference on invoices (company_id, customer_reference) where customer_reference is not null;
  comment on index invoices_customer_reference is 'customer find: whose order is this';
  create index payments_reference on payments (company_id, reference);
  comment on index payments_reference is 'pay undo, customer find: the payment with this reference';`;
