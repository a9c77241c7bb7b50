/** Header fields of a mail from outside: found by name, in the order they stand, and what ids and addresses they hold. Linear in their length. */

export type Headers = readonly { readonly key: string; readonly value: string }[];

/** A field longer than this is no field people write; a thread's References are shorter. */
const LONGEST_FIELD = 16_384;
const MOST_FIELDS = 500;

/** The first field of the name: mail systems write theirs above what the sender wrote. */
export const headerOf = (headers: Headers, name: string): string | null =>
  headers.find(({ key }) => key === name)?.value.slice(0, LONGEST_FIELD) ?? null;

/** Fields of a text that begins with them; what follows the first empty line is not looked at. */
export function headersOfText(text: string): Headers {
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const lines = text
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/, MOST_FIELDS);
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1 || colon > 100 ? [] : [{ key: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }];
  });
}

/** More than this a thread does not have of ours: levels of one case, each once. */
const MOST_IDS = 25;

/** The newest last, as in References; the last of them. */
export const messageIdsIn = (value: string): readonly string[] => [
  ...new Set([...value.matchAll(/<[^\s<>@]{1,200}@[^\s<>@]{1,255}>/g)].map(([id]) => id).slice(-MOST_IDS)),
];

/** Addresses without names, in lower case. */
export const addressesIn = (value: string): readonly string[] =>
  [...value.matchAll(/[^\s<>@,;:"()]{1,64}@[^\s<>@,;:"()]{1,255}/g)].slice(0, MOST_IDS).map(([address]) => address.toLowerCase());

/** What stands behind the plus in each address, where it has the form of a key of ours. */
export const replyKeysIn = (values: readonly string[]): readonly string[] => [
  ...new Set(values.flatMap(addressesIn).flatMap((address) => /\+([0-9a-f]{16})@/.exec(address)?.[1] ?? [])),
];
