/**
 * What a token looks like in a text, so that no face ever shows one: `wafa_CODE_` and random characters, or the greater part of one that
 * was cut when it was copied.
 */
const HOLDS_TOKEN = /wafa_[A-Z0-9][A-Z0-9_-]{0,31}_[A-Za-z0-9_-]{20}/;

export const holdsToken = (text: string): boolean => HOLDS_TOKEN.test(text);
