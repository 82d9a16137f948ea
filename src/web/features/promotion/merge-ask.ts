import type { Blocker, WayView } from '../../api/views.ts';

/** Whether a merge has asked, and a person has still to say when (REL-1). */
export const isAskOfMerge = (blockers: readonly Blocker[]): boolean =>
  blockers.some(({ kind }) => kind === 'merged');

/** What is missing once a person says so, which lifts the ask of a merge by itself. */
export const besidesPerson = (blockers: readonly Blocker[]): readonly Blocker[] =>
  blockers.filter(({ kind }) => kind !== 'merged');

/** Whether a release can be asked for on a way: nobody has, or only a merge did. */
export const canBeAskedFor = ({ release, promotion, admission }: WayView, id: string): boolean =>
  release?.id === id && (promotion === null || isAskOfMerge(admission?.blockers ?? []));
