import type { Actor, Blocker, ViewerView } from '../api/views.ts';
import { namesText, rolesText } from './names.ts';

/** Who the viewer is taken for. */
export const actingId = ({ id, actingAs }: Pick<ViewerView, 'id' | 'actingAs'>): string => actingAs ?? id;

/** Whether the human being who looks is the one who did it, as themselves or acting as somebody. */
export const isBehind = (actor: Actor, { id, actingAs }: Pick<ViewerView, 'id' | 'actingAs'>): boolean =>
  actor.kind === 'person' &&
  [actor.id, actor.actingFrom].some((one) => one !== undefined && (one === id || one === actingAs));

/** Those who can do something, by name, role and contact (REL-16). */
export type People = Extract<Blocker['liftedBy'], { readonly kind: 'people' }>;

/** Why the viewer cannot do what these can; null where they can. Unless people are named, everybody with a role can. */
export function offFor(by: Blocker['liftedBy'] | undefined, viewer: ViewerView): string | null {
  if (viewer.roles.length === 0) return 'You have no role here';
  if (by?.kind !== 'people' || by.members.includes(actingId(viewer))) return null;
  const roles = by.roles.length === 0 ? '' : ` (${rolesText(by.roles, 'or')})`;
  return by.members.length === 0
    ? `Nobody has the role for it${roles}`
    : `Not yours: ask ${namesText(by.members)}${roles}`;
}
