import type { components } from '../../client/schema.generated.d.ts';

type ReadOnly<T> = T extends object ? { readonly [Key in keyof T]: ReadOnly<T[Key]> } : T;

/** What the API answers, by the names its description gives: ids are strings, moments milliseconds since the epoch. */
type Named = ReadOnly<components['schemas']>;

export type AlarmsView = Named['Alarms'];
export type AlarmView = Named['Alarm'];
export type TrafficView = Named['Traffic'];
export type BoardView = Named['Board'];
export type CalendarView = Named['Calendar'];
export type ViewerView = Named['Viewer'];
export type EnvironmentView = Named['Environment'];
export type ServiceView = Named['Service'];
export type WayView = Named['Way'];
export type ReleaseView = Named['Release'];
export type PromotionView = Named['Promotion'];
export type RolloutView = Named['Rollout'];
export type CurvePoint = Named['CurvePoint'];
export type EventView = Named['Event'];
export type WhyView = Named['Why'];
export type ProjectView = Named['Project'];

export type DelegationView = Named['Delegation'];
export type ExceptionView = Named['Exception'];
export type GateView = Named['Gate'];
export type EvidenceView = Named['Evidence'];
export type EvidenceRef = GateView['evidence'][number];
export type WaiverView = Named['Waiver'];
export type ChangeRequestView = Named['ChangeRequest'];

export type Admission = Named['Admission'];
export type Blocker = Named['Blocker'];
export type Plan = Named['Plan'];
export type NoteLine = Named['NoteLine'];
export type Actor = Named['Actor'];
export type Closeness = Named['Closeness'];
export type RolloutState = Named['RolloutState'];

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
