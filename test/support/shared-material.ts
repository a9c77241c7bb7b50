/** Vectors, ledgers and hostile inputs that may lie in a folder `shared` beside this one. Tests that read them say so and are left out where they are absent. */
import { fileURLToPath } from 'node:url';

/** @param path below that folder, such as `calendar/vectors.json`. */
export const sharedMaterial = (path: string): string => fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));
