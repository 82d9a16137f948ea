// Run against a new version before it gets traffic. Exit code 0 is a pass.
import assert from 'node:assert/strict';

const base = process.env.RUNG_SMOKE_URL;
assert(base, 'RUNG_SMOKE_URL is not set');

const page = await fetch(new URL('/', base));
assert.equal(page.status, 200);
assert.match(await page.text(), /The ladder shop/);

const version = await fetch(new URL('/version', base));
assert.equal(version.status, 200);
assert.equal((await version.json()).service, 'web');

console.log('web answers its page and its version');
