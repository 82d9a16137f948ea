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

export interface Comparison<T> {
  readonly text: (value: T) => string;
  /** Above 0 where the second is the safer one; null where nobody can know. */
  readonly order: (from: T, to: T) => number | null;
}

/** One thing before and after; nothing where it is the same. */
export function compared<T>(
  what: string,
  from: T,
  to: T,
  { text, order }: Comparison<T>,
): readonly RuleChange[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  return [{ what, from: text(from), to: text(to), effect: effectOf(order(from, to)) }];
}

/** One thing that need not be there. */
export function comparedIfAny<T>(
  what: string,
  from: T | undefined,
  to: T | undefined,
  how: {
    readonly text: (value: T) => string;
    /** What it does to the rules when it comes. */
    readonly having: RuleEffect;
    readonly both: (from: T, to: T) => readonly RuleChange[];
  },
): readonly RuleChange[] {
  if (from !== undefined && to !== undefined) return how.both(from, to);
  if (from !== undefined) return [{ what, from: how.text(from), to: null, effect: opposite[how.having] }];
  return to === undefined ? [] : [{ what, from: null, to: how.text(to), effect: how.having }];
}

const opposite: Readonly<Record<RuleEffect, RuleEffect>> = {
  weakens: 'strengthens',
  strengthens: 'weakens',
  neither: 'neither',
};

function effectOf(order: number | null): RuleEffect {
  if (order === null || order < 0) return 'weakens';
  return order > 0 ? 'strengthens' : 'neither';
}

/** What may be safer or not, and nobody can say: it counts as weaker either way. */
export const unknowable = <T>(
  what: string,
  from: T,
  to: T,
  text: (value: T) => string = String,
): readonly RuleChange[] => compared(what, from, to, { text, order: () => null });

/** Which is the safer one, where something grows. */
const orderWhere = {
  more: (growth: number): number => growth,
  less: (growth: number): number => -growth,
};

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
    order: (left, right) => orderWhere[safer](right - left),
  });

/** Two sets of which the larger, or the smaller, is the safer; one that both gains and loses is not known to be safe. */
export const sets = (
  what: string,
  from: readonly string[],
  to: readonly string[],
  safer: 'more' | 'less',
): readonly RuleChange[] =>
  compared(what, from.toSorted(), to.toSorted(), {
    text: (items) => (items.length === 0 ? 'none' : items.join(', ')),
    order: (left, right) => {
      const gained = right.some((item) => !left.includes(item));
      const lost = left.some((item) => !right.includes(item));
      if (gained && lost) return -1;
      return orderWhere[safer](gained ? 1 : -1);
    },
  });
