/** The options that every verb has, as the shells complete them. */
export const COMPANY_FLAG = '--company';

export const GLOBAL_FLAGS: readonly string[] = [COMPANY_FLAG, '--json', '--csv', '--no-color', '--help'];
