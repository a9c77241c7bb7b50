/** `docs/console.md`: every screen with every key, as the bindings have them; what cannot be read from them stands around it. */
import { THEME_NAMES } from '../../src/console/paint/theme.ts';
import { ALL_SCREENS } from '../../src/console/screens/all-screens.ts';
import { CONSOLE_BINDINGS, EVERYWHERE } from '../../src/console/state/console-keys.ts';

const HEAD = `# The console

\`wafa\` on a terminal opens it, and so does \`npm start\`. It needs at least 60 × 15 cells. Whatever it does is a command of
[cli.md](cli.md): a key is only a short way to type one, with the same permissions, checks and words, and \`:\` types any of them in full.

The line at the top says whose company this is, where mail goes (LIVE, OUTBOX, PAUSED), whether it may leave now, and how fresh the
picture is. The last line shows the keys of the screen; one that cannot do its work just now stands in brackets, and says why when pressed. The line
above it says what happened, and at the right how long the last act can still be taken back with \`u\`.

**Before anything is done** that a customer would notice, a question says how many, how much per currency, and to whom first. \`y\` agrees, Enter
does not. Keys typed ahead never answer it: it takes none for a quarter of a second. FINAL notices, and more than 25 at once, need a word typed.

**Others work at the same time.** Rows change where they stand and new ones wait (\`3 new, order held\`) until \`r\`. What changed since you looked is
refused, with what changed. When the database is away the last picture stays, the top line counts the tries, and nothing can be changed.

`;

const TAIL = `
## Keys of your own

\`console.json\` in \`$XDG_CONFIG_HOME/wafa\` (else \`~/.config/wafa\`), or the file named by \`WAFA_CONSOLE_FILE\`:

\`\`\`json
{ "keys": { "queue.approve": ["A"], "everywhere.undo": ["ctrl+z"] }, "screenReader": false }
\`\`\`

Names are those of the tables above: the screen, a point, the name. A key is its one character, or \`enter\`, \`esc\`, \`tab\`, \`space\`, \`backspace\`, \`delete\`,
\`up\`, \`down\`, \`left\`, \`right\`, \`home\`, \`end\`, \`pageup\`, \`pagedown\`, with \`ctrl+\`, \`alt+\` or \`shift+\` before it. A name that is not there, a key that
would do two things on one screen or hide one of the keys that work everywhere, is told when the console opens and left as it was. Ctrl+C
always leaves.

## To be heard instead of seen

\`wafa console --screen-reader\`, \`ACCESSIBLE=1\`, \`WAFA_SCREEN_READER=1\` or \`"screenReader": true\` in the file above: the same keys, told in whole
sentences one after the other, each change once, without the alternate screen, drawing or colour.

## To look only

\`wafa console --read-only\` refuses whatever would change anything, by key, by \`:\` and by the session itself.

## The terminal

| | |
|---|---|
| \`NO_COLOR\`, \`WAFA_THEME\` | without colour at all; else one of the themes THEMES |
| \`WAFA_ASCII=1\` | plain signs instead of lines and dots |
| \`WAFA_BIDI=app\` or \`terminal\` | who puts Arabic in order: Wafa, or a terminal that does it by itself |
| \`PAGER\`, \`VISUAL\`, \`EDITOR\` | what \`v\` and \`e\` open; in a page that is open, both work |

\`y\` copies by OSC 52, which works through SSH; inside tmux it needs \`set -g set-clipboard on\`. \`set -g escape-time 20\` makes Escape quick there.
After \`kill -9\` the terminal stays as it was drawn: \`reset\` mends it.
`.replace('THEMES', THEME_NAMES.map((name) => `\`${name}\``).join(', '));

export const consolePage = (): string =>
  [
    HEAD,
    '## Everywhere\n\n',
    `| | |\n|---|---|\n${ALL_SCREENS.flatMap(({ digit, title }) => (digit === null ? [] : [`| ${code(digit)} | ${title} |`])).join('\n')}\n\n`,
    table(EVERYWHERE, CONSOLE_BINDINGS),
    ...ALL_SCREENS.map(
      ({ name, title, digit, bindings }) => `\n## ${title}${digit === null ? '' : ` (${code(digit)})`}\n\n${table(name, bindings)}`,
    ),
    TAIL,
  ].join('');

const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

const table = (
  screen: string,
  bindings: readonly { readonly name: string; readonly chords: readonly string[]; readonly about: string }[],
): string =>
  `| key | name | |\n|---|---|---|\n${bindings.map(({ name, chords, about }) => `| ${chords.map(code).join(' ')} | \`${screen}.${name}\` | ${about} |`).join('\n')}\n`;
