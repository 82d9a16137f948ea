import type * as View from '../../lifecycle/views.ts';

/** What the API answers, as plain JSON: ids are strings, moments are milliseconds since the epoch. */
type IsWide<T extends string | number> = Record<never, never> extends Record<T, 1> ? true : false;
type PlainKey<K> = K extends string ? (IsWide<K> extends true ? string : K) : K;
type Plain<T> = T extends string
  ? IsWide<T> extends true
    ? string
    : T
  : T extends number
    ? IsWide<T> extends true
      ? number
      : T
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends object
        ? { [K in keyof T as PlainKey<K>]: Plain<T[K]> }
        : T;

export type BoardView = Plain<View.BoardView>;
export type ViewerView = Plain<View.ViewerView>;
export type EnvironmentView = Plain<View.EnvironmentView>;
export type ServiceView = Plain<View.ServiceView>;
export type WayView = Plain<View.WayView>;
export type ReleaseView = Plain<View.ReleaseView>;
export type PromotionView = Plain<View.PromotionView>;
export type RolloutView = Plain<View.RolloutView>;
export type CurvePoint = Plain<View.CurvePoint>;
export type EventView = Plain<View.EventView>;
export type WhyView = Plain<View.WhyView>;

export type Admission = PromotionView['admission'];
export type Blocker = Admission['blockers'][number];
export type Plan = PromotionView['plan'];
export type NoteLine = PromotionView['notes'][number];
export type Actor = EventView['actor'];
export type Closeness = RolloutView['closeness'][number];
export type RolloutState = RolloutView['state'];
export type ProjectView = { readonly id: string; readonly name: string };

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
