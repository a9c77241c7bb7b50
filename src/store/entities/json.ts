/** What a `jsonb` column holds when no rule depends on its shape. Amounts are decimal text, because JSON numbers are floats. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
