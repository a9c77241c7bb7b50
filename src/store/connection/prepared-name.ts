/**
 * Names for statements that a process runs over and over. The server parses and plans a named statement once for each connection, which is
 * half of what a short one takes it. Names are given by text, so that one name means one text everywhere.
 */

/**
 * A sender runs some sixty texts; each takes the server some fifty kilobytes on each connection. Texts beyond these, as a mistake that
 * writes values into them would make, run unprepared as if nobody had asked.
 */
const MOST_NAMES = 200;

const names = new Map<string, string>();

export function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `wafa_${names.size + 1}`;
  names.set(text, name);
  return name;
}
