/**
 * Version of the layout that is code. Raised by every change to what a rendered reminder looks like, because an approval binds to it:
 * what was approved under an older layout goes back to a person instead of leaving with other bytes.
 */
export const LAYOUT_VERSION = 4;
