/** Base64 in lines of 76 characters (RFC 2045 §6.8), as ASCII; no line end follows the last. */
export function wrappedBase64(bytes: Buffer): Buffer {
  const all = bytes.toString('base64');
  const last = Math.ceil(all.length / LINE) - 1;
  const lines = Buffer.allocUnsafe(all.length + 2 * Math.max(0, last));
  lines.write(all, 'latin1');
  // From the last line backwards each moves behind the line ends before it, over what has been moved already.
  for (let line = last; line > 0; line -= 1) {
    const at = line * (LINE + 2);
    lines.copyWithin(at, line * LINE, Math.min(all.length, (line + 1) * LINE));
    lines[at - 2] = CR;
    lines[at - 1] = LF;
  }
  return lines;
}

const LINE = 76;
const CR = 0x0d;
const LF = 0x0a;
