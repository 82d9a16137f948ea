// Run against a new version before it gets traffic. Exit code 0 is a pass.
import assert from 'node:assert/strict';

const [path] = process.argv.slice(2);
const answer = await fetch(new URL(path, process.env.RUNG_SMOKE_URL));
assert.equal(answer.status, 200);
const { version, ...list } = await answer.json();
assert.deepEqual(Object.keys(list), [path.slice(1)]);
console.log(`${path} of ${version} answers`);
