/** Arabic-Indic digits (`٠`-`٩`) and their Persian forms (`۰`-`۹`), as Arabic spreadsheets write them. */

export const hasArabicDigits = (text: string): boolean => /[\u0660-\u0669\u06f0-\u06f9]/.test(text);

/** Each block of ten starts at a code point whose low four bits are 0, so those bits are the digit. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
