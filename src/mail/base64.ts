/** Base64 in lines of 76 characters (RFC 2045 §6.8), as ASCII; no line end follows the last. */
export function wrappedBase64(bytes: Buffer): Buffer {
  const all = bytes.toString('base64');
  let lines = all.slice(0, LINE);
  for (let at = LINE; at < all.length; at += LINE) lines += `\r\n${all.slice(at, at + LINE)}`;
  return Buffer.from(lines, 'latin1');
}

const LINE = 76;
