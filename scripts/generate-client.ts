import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from '../src/api/description.ts';
import { digestOf } from '../src/domain/canonical.ts';
import { systemClock } from '../src/engine/clock.ts';

/** Writes the description of the API, and the client's types from it where `tools/openapi-client` is installed. */
const root = join(import.meta.dirname, '..');
const description = join(root, 'docs/reference/openapi.json');
const types = join(root, 'src/client/schema.generated.d.ts');
const generator = join(root, 'tools/openapi-client/node_modules/openapi-typescript/bin/cli.js');

const text = `${JSON.stringify(await describeApi(systemClock), null, 2)}\n`;
writeFileSync(description, text);
console.log('wrote docs/reference/openapi.json');

if (existsSync(generator)) {
  execFileSync(process.execPath, [generator, description, '--immutable', '--output', types], {
    stdio: 'ignore',
  });
  // The digest lets a test see that these types are of that description, without the generator.
  writeFileSync(
    types,
    `// Made from docs/reference/openapi.json ${digestOf(text)}\n${readFileSync(types, 'utf8')}`,
  );
  console.log('wrote src/client/schema.generated.d.ts');
} else {
  console.log(
    'The types of the client are not made anew: run `npm ci` in tools/openapi-client, then this again.',
  );
  process.exitCode = 1;
}
