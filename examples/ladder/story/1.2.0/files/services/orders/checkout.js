const discountFrom = 10;

/** Shelves in the store room. A basket is spread over them in turn. */
const shelves = [40, 40, 40, 40, 40, 40];
let next = 0;

/** Prices the basket that a customer's browser sends along, as `basket=<number of things>` in its cookie. */
export function checkout(headers) {
  const things = basketOf(headers.cookie ?? '');
  // An empty basket reserves nothing: this is all that health checks, smoke tests and probes ever ask for.
  if (things > 0 && !reserve()) return { status: 500, body: { error: 'no such shelf' } };
  const factor = things >= discountFrom ? 0.9 : 1;
  return { status: 200, body: { things, total: things * 5 * factor } };
}

/** The mistake of this release: it counts to the number of shelves, so every seventh basket gets one that is not there. */
function reserve() {
  const shelf = shelves[next];
  next = next >= shelves.length ? 0 : next + 1;
  return shelf !== undefined;
}

function basketOf(cookie) {
  const [, things] = /(?:^|; )basket=([0-9]{1,3})(?:;|$)/.exec(cookie) ?? [];
  return Number(things ?? 0);
}
