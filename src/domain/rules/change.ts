/** What a change of the project file does to one environment's rules. What cannot be known counts as weaker. */
export type RuleEffect = 'weakens' | 'strengthens' | 'neither';

export interface RuleChange {
  /** What it is about, for example `approvals` or `gate coverage`. */
  readonly what: string;
  /** How it was, as people say it; null where there was none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly effect: RuleEffect;
}

/** `approvals 2 → 1`, `gate coverage over 80 % → none`. */
export const changeText = ({ what, from, to }: RuleChange): string =>
  `${what} ${from ?? 'none'} → ${to ?? 'none'}`;

export const isWeaker = (changes: readonly RuleChange[]): boolean =>
  changes.some(({ effect }) => effect === 'weakens');

/** One thing before and after; nothing where it is the same. `order`: above 0 where the second is the safer one. */
export function compared<T>(
  what: string,
  from: T | undefined,
  to: T | undefined,
  how: {
    readonly text: (value: T) => string;
    readonly order: (from: T, to: T) => number | null;
    /** Whether having it is safer than not. */
    readonly having: Exclude<RuleEffect, 'neither'> | 'neither';
  },
): readonly RuleChange[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const change = (effect: RuleEffect): readonly RuleChange[] => [
    {
      what,
      from: from === undefined ? null : how.text(from),
      to: to === undefined ? null : how.text(to),
      effect,
    },
  ];
  if (from === undefined) return change(how.having);
  if (to === undefined) return change(opposite(how.having));
  const order = how.order(from, to);
  return change(order === null || order < 0 ? 'weakens' : order > 0 ? 'strengthens' : 'neither');
}

const opposite = (effect: RuleEffect): RuleEffect =>
  effect === 'neither' ? 'neither' : effect === 'weakens' ? 'strengthens' : 'weakens';

/** Two numbers of which the larger, or the smaller, is the safer. */
export const numbers = (
  what: string,
  from: number,
  to: number,
  safer: 'more' | 'less',
  text: (value: number) => string = String,
): readonly RuleChange[] =>
  compared(what, from, to, {
    text,
    order: (left, right) => (safer === 'more' ? right - left : left - right),
    having: 'neither',
  });

/** Two sets of which the larger, or the smaller, is the safer; one that both gains and loses is not known to be safe. */
export const sets = (
  what: string,
  from: readonly string[],
  to: readonly string[],
  safer: 'more' | 'fewer',
): readonly RuleChange[] =>
  compared(what, from.toSorted(), to.toSorted(), {
    text: (items) => (items.length === 0 ? 'none' : items.join(', ')),
    order: (left, right) => {
      const gained = right.some((item) => !left.includes(item));
      const lost = left.some((item) => !right.includes(item));
      if (gained && lost) return -1;
      return gained === (safer === 'more') ? 1 : -1;
    },
    having: 'neither',
  });
