/** The package ships no types. Joins Arabic letters into the forms they take beside each other; one character per cell comes out. */
declare module 'arabic-persian-reshaper' {
  const reshaper: { readonly ArabicShaper: { convertArabic(text: string): string } };
  export = reshaper;
}
