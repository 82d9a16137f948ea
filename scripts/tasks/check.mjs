import { staticChecks } from './static-checks.mjs';
import { concluded } from './suite.mjs';

export const run = async () => concluded(await staticChecks());
