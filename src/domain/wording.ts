/** A span of time as people say it: `850 ms`, `45 s`, `3 min`, `20 h 51 min`, `2 d 4 h`. */
export function spanText(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return ms % 1000 === 0 || ms >= 10_000 ? `${seconds} s` : `${(ms / 1000).toFixed(1)} s`;
  const units = [
    ['d', Math.floor(seconds / 86_400)],
    ['h', Math.floor(seconds / 3600) % 24],
    ['min', Math.floor(seconds / 60) % 60],
    ['s', seconds % 60],
  ] as const;
  const first = units.findIndex(([, amount]) => amount > 0);
  return units
    .slice(first, first + 2)
    .filter(([, amount]) => amount > 0)
    .map(([unit, amount]) => `${amount} ${unit}`)
    .join(' ');
}

/** `a`, `a and b`, `a, b and c`. */
export const listText = (items: readonly string[], word: 'and' | 'or' = 'and'): string =>
  items.reduce((text, item, index) => {
    if (index === 0) return item;
    return `${text}${index === items.length - 1 ? ` ${word} ` : ', '}${item}`;
  }, '');

const mostNamed = 10;

/** As a list, where there are few; else the first ten, and how many more there are. */
export const someText = (items: readonly string[], word: 'and' | 'or' = 'and'): string =>
  items.length <= mostNamed
    ? listText(items, word)
    : `${items.slice(0, mostNamed).join(', ')} ${word} ${items.length - mostNamed} more`;

/** `1 approval`, `2 approvals`. */
export const countText = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A share as people say it: `80 %`, `79.9 %`. Rounded down, so that what just fails never looks like enough. */
export const shareText = (ratio: number): string => `${Math.floor(ratio * 1000 + 1e-9) / 10} %`;
