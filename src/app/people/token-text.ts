/**
 * What a token looks like: `wafa_CODE_` and 43 random characters. The company's code makes a token valid for that company only and
 * finds its row under row-level security; the random part alone is the secret. Only a hash of the whole is ever stored.
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** 32 bytes are 43 characters of base64url. At 256 random bits a plain hash cannot be guessed back, so it needs no salt. */
const RANDOM_BYTES = 32;

/** The random part has a fixed length, so a code with `_` or `-` in it still ends where it ends. */
const TOKEN = /^wafa_([A-Z0-9][A-Z0-9_-]{0,31})_[A-Za-z0-9_-]{43}$/;

/** Any text with a token in it, or the greater part of one that was cut when it was copied. */
const HOLDS_TOKEN = /wafa_[A-Z0-9][A-Z0-9_-]{0,31}_[A-Za-z0-9_-]{20}/;

export const newTokenText = (companyCode: string): string => `wafa_${companyCode}_${randomBytes(RANDOM_BYTES).toString('base64url')}`;

/** The code a token is for; undefined when the text is no token. */
export const companyOfToken = (text: string): string | undefined => TOKEN.exec(text)?.[1];

/** 64 hexadecimal digits; the only form in which a token is stored and looked up. */
export const tokenHash = (text: string): string => createHash('sha256').update(text).digest('hex');

export const holdsToken = (text: string): boolean => HOLDS_TOKEN.test(text);

/**
 * The schema of a verb's input that takes no token in any argument: other users of the machine see arguments, and shells remember
 * them. Judged before anything else, because the message about a bad value would repeat it.
 */
export const withoutTokens = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .record(z.string(), z.unknown())
    .refine((input) => !holdsToken(JSON.stringify(input)), {
      error: 'A token is never given as an argument: others can see it there. Revoke it with `wafa login revoke`, and give the new one in WAFA_TOKEN_FILE or WAFA_TOKEN',
    })
    .pipe(schema as z.ZodType<z.output<Schema>, Record<string, unknown>>);
