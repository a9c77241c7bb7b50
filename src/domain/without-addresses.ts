/**
 * A text without the mail addresses in it: for what is kept for good, such as the audit chain, which an erasure cannot reach. Decides by the
 * shape of an address alone; names it cannot know.
 */
const ADDRESS = /[^\s@<>"',;:()[\]]{1,64}@[^\s@<>"',;:()[\]]{1,253}/gu;

export const withoutAddresses = (text: string): string => text.replaceAll(ADDRESS, '[address]');
