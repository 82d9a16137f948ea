import type { EvidenceFacts } from '../domain/evidence/evidence.ts';
import type { components } from './schema.generated.d.ts';

type Schemas = components['schemas'];

/** What the API answers with, as its clients see it: plain JSON. */
export type Actor = Schemas['Actor'];
export type AdmissionView = Schemas['Admission'];
export type BlockerView = Schemas['Blocker'];
export type BoardView = Schemas['Board'];
export type BuildView = Schemas['Build'];
export type EnvironmentView = Schemas['Environment'];
export type EventView = Schemas['Event'];
export type MeView = Schemas['Me'];
export type MemberView = Schemas['Member'];
export type PlanView = Schemas['Plan'];
export type ProblemView = Schemas['Problem'];
export type ProjectView = Schemas['Project'];
export type PromotionView = Schemas['Promotion'];
export type ReleaseView = Schemas['Release'];
export type RolloutView = Schemas['Rollout'];
export type ServiceView = Schemas['Service'];
export type SignInMethodView = Schemas['SignInMethod'];
export type TokenView = Schemas['Token'];
export type ViewerView = Schemas['Viewer'];
export type WayView = Schemas['Way'];
export type WhyView = Schemas['Why'];

/** What a piece of evidence says, by its kind; the description of the API leaves it open. */
export type FactsOf<K extends EvidenceFacts['kind']> = Extract<EvidenceFacts, { readonly kind: K }>;
export type AnyFacts = EvidenceFacts;
