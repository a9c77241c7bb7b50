/**
 * The JSON face: one document on one line, `{"wafa":1,…}`. The number is the version of the documented shapes; it grows only when a
 * script written for the old ones would break.
 */
export const jsonText = (members: object): string => `${escaped(JSON.stringify({ wafa: 1, ...members }))}\n`;

/**
 * JSON leaves DEL, the C1 controls, the Unicode line ends and the characters that reverse or hide text raw; a terminal, a reader's eye
 * or a line-based log must not act on them. Whoever parses the document gets them back unchanged.
 */
const escaped = (json: string): string =>
  json.replace(/[\u007F-\u009F\u2028-\u202E\u2066-\u2069]|\uDB40[\uDC00-\uDC7F]/g, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
