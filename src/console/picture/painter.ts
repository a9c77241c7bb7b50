/** Puts lines on the terminal. Which characters reach it is decided here, what they say never. */
export interface Painter {
  /** @param lines exactly one for each line of the terminal, each exactly as wide as it. */
  draw(lines: readonly string[]): void;
  /** Draws all of it again, whatever the terminal shows now. */
  repaint(lines: readonly string[]): void;
  /** Leaves the terminal to somebody else while the work goes on. */
  suspend(work: () => Promise<void>): Promise<void>;
}
