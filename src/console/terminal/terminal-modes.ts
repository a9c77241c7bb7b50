/** What the console switches on in the terminal, and off again however it ends. */
const ALTERNATE_SCREEN = { on: '\u001B[?1049h', off: '\u001B[?1049l' };
const CURSOR = { on: '\u001B[?25h', off: '\u001B[?25l' };
export const BRACKETED_PASTE = { on: '\u001B[?2004h', off: '\u001B[?2004l' };
/** A line that is too long must not scroll the screen. */
const AUTO_WRAP = { on: '\u001B[?7h', off: '\u001B[?7l' };

export const ENTER_MODES = ALTERNATE_SCREEN.on + CURSOR.off + BRACKETED_PASTE.on + AUTO_WRAP.off;
export const LEAVE_MODES = BRACKETED_PASTE.off + AUTO_WRAP.on + ALTERNATE_SCREEN.off + CURSOR.on;

export const CURSOR_HOME = '\u001B[H';
export const CLEAR_SCREEN = `${CURSOR_HOME}\u001B[2J`;

/** Terminals that know these show what stands between them in one go, not line by line. */
export const AT_ONCE = { begin: '\u001B[?2026h', end: '\u001B[?2026l' };

/** Asks the terminal to put a text on the clipboard of the machine it runs on; works through SSH. */
export const clipboardSequence = (text: string): string => `\u001B]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
