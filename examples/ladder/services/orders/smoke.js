// Run against a new version before it gets traffic. Exit code 0 is a pass.
import assert from 'node:assert/strict';

const base = process.env.RUNG_SMOKE_URL;
assert(base, 'RUNG_SMOKE_URL is not set');

const orders = await fetch(new URL('/orders', base));
assert.equal(orders.status, 200);
assert.deepEqual((await orders.json()).orders, []);

const checkout = await fetch(new URL('/checkout', base));
assert.equal(checkout.status, 200);
assert.equal((await checkout.json()).total, 0);

console.log('orders lists orders and prices an empty basket');
