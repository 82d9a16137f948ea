const words = [
  'act',
  'release',
  'to',
  'promotion',
  'on',
  'rollout',
  'gate',
  'delegation',
  'exception',
] as const;
type Word = Exclude<(typeof words)[number], 'act'>;

/** Everything that a person can do in a dialog, and what has to be known for it. */
const asks = {
  promote: ['release', 'to'],
  emergency: ['release', 'to'],
  approve: ['promotion'],
  reject: ['promotion'],
  remind: ['promotion'],
  withdraw: ['promotion'],
  delegate: [],
  'end-delegation': ['delegation'],
  validate: ['on'],
  rollback: ['on'],
  except: ['on'],
  'revoke-exception': ['exception'],
  pause: ['rollout'],
  resume: ['rollout'],
  advance: ['rollout'],
  'take-back': ['rollout'],
  'lift-mark': ['release'],
  waive: ['release', 'to', 'gate'],
  'ask-gate': ['release', 'to', 'gate'],
  checklist: ['release', 'to', 'gate'],
  'rollback-plan': ['release', 'to'],
  change: ['release', 'to'],
  uat: ['release', 'on'],
  upload: ['release'],
} as const satisfies Readonly<Record<string, readonly Word[]>>;

type Asks = typeof asks;

/** What a person is about to do. It stands in the address, so that a link can lead straight to it. */
export type Act = {
  [Name in keyof Asks]: { readonly act: Name } & { readonly [Of in Asks[Name][number]]: string };
}[keyof Asks];

/** Those acts alone. */
export type ActOf<Name extends Act['act']> = Extract<Act, { readonly act: Name }>;

/** What opens a gate. */
export type GateAct = ActOf<
  'waive' | 'ask-gate' | 'checklist' | 'rollback-plan' | 'change' | 'uat' | 'upload'
>;

export type ActSearch = { [One in (typeof words)[number]]?: string };

/** Takes from an address what may be an act; all else is dropped. */
export const actSearch = (search: Readonly<Record<string, unknown>>): ActSearch =>
  Object.fromEntries(
    words.flatMap((word) => {
      const value = search[word];
      return typeof value === 'string' && value.length <= 200 ? [[word, value]] : [];
    }),
  );

export const withoutAct = <T extends ActSearch>(search: T): T => ({
  ...search,
  ...Object.fromEntries(words.map((word) => [word, undefined])),
});

const isAct = (name: string): name is Act['act'] => Object.hasOwn(asks, name);

/** The act an address asks for; null where it asks for none, or not for a whole one. */
export function actOf(search: ActSearch): Act | null {
  const { act = '' } = search;
  if (!isAct(act)) return null;
  const wanted = asks[act].map((word: Word) => [word, search[word]] as const);
  return wanted.every(([, value]) => value !== undefined)
    ? ({ act, ...Object.fromEntries(wanted) } as Act)
    : null;
}
