/** How the names of a command's schema are written on the command line. */
import type { OptionSpec } from '../app/commands/command.ts';

/** `asOf` → `--as-of`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** As help shows it: `--as-of <DATE>`. */
export const flagsOf = ({ name, value }: OptionSpec): string => (value === undefined ? flagOf(name) : `${flagOf(name)} <${value}>`);
