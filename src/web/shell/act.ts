/** What a person is about to do. It stands in the address, so that a link can lead straight to it. */
export type Act =
  | { readonly act: 'promote'; readonly release: string; readonly to: string }
  | { readonly act: 'approve'; readonly promotion: string }
  | { readonly act: 'reject'; readonly promotion: string }
  | { readonly act: 'withdraw'; readonly promotion: string }
  | { readonly act: 'validate'; readonly on: string }
  | { readonly act: 'rollback'; readonly on: string }
  | { readonly act: 'pause'; readonly rollout: string }
  | { readonly act: 'resume'; readonly rollout: string }
  | { readonly act: 'advance'; readonly rollout: string }
  | { readonly act: 'take-back'; readonly rollout: string }
  | { readonly act: 'lift-mark'; readonly release: string }
  | GateAct;

/** What opens a gate. */
export type GateAct =
  | { readonly act: 'waive'; readonly release: string; readonly to: string; readonly gate: string }
  | { readonly act: 'checklist'; readonly release: string; readonly to: string; readonly gate: string }
  | { readonly act: 'rollback-plan'; readonly release: string; readonly to: string }
  | { readonly act: 'change'; readonly release: string; readonly to: string }
  | { readonly act: 'uat'; readonly release: string; readonly on: string }
  | { readonly act: 'upload'; readonly release: string };

const words = ['act', 'release', 'to', 'promotion', 'on', 'rollout', 'gate'] as const;
export type ActSearch = { [Word in (typeof words)[number]]?: string };

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

/** The act an address asks for; null where it asks for none, or not for a whole one. */
export function actOf(search: ActSearch): Act | null {
  const { act = '', release, to, promotion, on, rollout, gate } = search;
  switch (act) {
    case 'waive':
    case 'checklist':
      return release === undefined || to === undefined || gate === undefined
        ? null
        : { act, release, to, gate };
    case 'uat':
      return release === undefined || on === undefined ? null : { act, release, on };
    case 'promote':
    case 'rollback-plan':
    case 'change':
      return release === undefined || to === undefined ? null : { act, release, to };
    case 'approve':
    case 'reject':
    case 'withdraw':
      return promotion === undefined ? null : { act, promotion };
    case 'validate':
    case 'rollback':
      return on === undefined ? null : { act, on };
    case 'pause':
    case 'resume':
    case 'advance':
    case 'take-back':
      return rollout === undefined ? null : { act, rollout };
    case 'lift-mark':
    case 'upload':
      return release === undefined ? null : { act, release };
    default:
      return null;
  }
}
