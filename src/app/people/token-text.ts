/**
 * What a token looks like: `wafa_CODE_` and 43 random characters. The company's code makes a token valid for that company only and
 * finds its row under row-level security; the random part alone is the secret. Only a hash of the whole is ever stored.
 */
import { createHash, randomBytes } from 'node:crypto';

/** 32 bytes are 43 characters of base64url. At 256 random bits a plain hash cannot be guessed back, so it needs no salt. */
const RANDOM_BYTES = 32;

/** The random part has a fixed length, so a code with `_` or `-` in it still ends where it ends. */
const TOKEN = /^wafa_([A-Z0-9][A-Z0-9_-]{0,31})_[A-Za-z0-9_-]{43}$/;

export const newTokenText = (companyCode: string): string => `wafa_${companyCode}_${randomBytes(RANDOM_BYTES).toString('base64url')}`;

/** The code a token is for; undefined when the text is no token. */
export const companyOfToken = (text: string): string | undefined => TOKEN.exec(text)?.[1];

/** 64 hexadecimal digits; the only form in which a token is stored and looked up. */
export const tokenHash = (text: string): string => createHash('sha256').update(text).digest('hex');
