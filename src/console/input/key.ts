/** One key press as the console knows it, whatever bytes the terminal sent for it. */
export interface Key {
  /**
   * What bindings name: a printable character as itself (`a`, `G`, `:`), else a word: `enter`, `esc`, `tab`, `shift+tab`, `space`, `backspace`,
   * `delete`, `up`, `down`, `left`, `right`, `home`, `end`, `pageup`, `pagedown`, `ctrl+p`, `shift+up`, `paste`.
   */
  readonly chord: string;
  /** What it would type into a field: one character, a whole paste, or nothing. */
  readonly text: string;
}

export const typed = (character: string): Key => ({ chord: character === ' ' ? 'space' : character, text: character });

export const pressed = (chord: string): Key => ({ chord, text: '' });
