/** What the console switches on in the terminal, and off again however it ends. Cursor and alternate screen are Ink's own. */
export const BRACKETED_PASTE = { on: '\u001B[?2004h', off: '\u001B[?2004l' };
/** A line that is too long must not scroll the screen. */
const AUTO_WRAP = { on: '\u001B[?7h', off: '\u001B[?7l' };

export const ENTER_MODES = BRACKETED_PASTE.on + AUTO_WRAP.off;
export const LEAVE_MODES = BRACKETED_PASTE.off + AUTO_WRAP.on;

export const CLEAR_SCREEN = '\u001B[H\u001B[2J';

/** Asks the terminal to put a text on the clipboard of the machine it runs on; works through SSH. */
export const clipboardSequence = (text: string): string => `\u001B]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
