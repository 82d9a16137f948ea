import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. (import.meta.dirname is not there in the first versions of Node 20.) */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string[]} path */
export const inRoot = (...path) => join(root, ...path);
