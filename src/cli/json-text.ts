/**
 * The JSON face: one document on one line, `{"wafa":1,…}`. The number is the version of the documented shapes; it grows only when a
 * script written for the old ones would break.
 */
export const jsonText = (members: object): string => `${escaped(JSON.stringify({ wafa: 1, ...members }))}\n`;

/** JSON leaves DEL, the C1 controls and the Unicode line ends raw; a terminal or a line-based log must not act on them. */
const escaped = (json: string): string =>
  json.replace(/[\u007F-\u009F\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
