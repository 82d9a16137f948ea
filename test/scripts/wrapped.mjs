/** Runs counting.mjs as `npm start` runs Rung: `node wrapped.mjs`. */
import { fileURLToPath } from 'node:url';
import { runToItsEnd } from '../../bin/node-24.mjs';

const program = fileURLToPath(new URL('counting.mjs', import.meta.url));
process.exitCode = await runToItsEnd(process.execPath, [program]);
