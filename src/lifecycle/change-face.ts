import type { ChangeForm, ChangePhase } from '../domain/change-request.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { Caller, PageOf, PageQuery } from './face.ts';
import type { ChangeRequestView } from './views.ts';

/** The part of the control plane that is about change requests (REL-7). They are named by number. */
export interface ChangeRequestFace {
  /** Invalid `change-request-invalid` with every problem; conflict `change-request-exists` while another one lives. */
  createChangeRequest(project: ProjectId, ask: AskChange, caller: Caller): Promise<ChangeRequestView>;
  /** What was approved before is void. Conflict `change-request-changed` when `seen` is not what it says any more. */
  editChangeRequest(
    project: ProjectId,
    id: string,
    ask: AskChangeEdit,
    caller: Caller,
  ): Promise<ChangeRequestView>;
  approveChangeRequest(
    project: ProjectId,
    id: string,
    ask: { readonly seen: string; readonly comment?: string | undefined },
    caller: Caller,
  ): Promise<ChangeRequestView>;
  rejectChangeRequest(
    project: ProjectId,
    id: string,
    ask: { readonly reason: string },
    caller: Caller,
  ): Promise<ChangeRequestView>;
  noteOnChangeRequest(
    project: ProjectId,
    id: string,
    ask: { readonly note: string },
    caller: Caller,
  ): Promise<ChangeRequestView>;
  /** By its number; absent `change-request-unknown`. */
  changeRequest(project: ProjectId, id: string): Promise<ChangeRequestView>;
  /** Newest first. */
  changeRequests(
    project: ProjectId,
    query: PageQuery & {
      readonly release?: string | undefined;
      readonly environment?: string | undefined;
      readonly state?: ChangePhase | undefined;
    },
  ): Promise<PageOf<ChangeRequestView>>;
}

export interface AskChange extends ChangeForm {
  readonly release: string;
  readonly to: string;
}

/** Only what is to say something else. */
export type AskChangeEdit = { readonly [K in keyof ChangeForm]?: ChangeForm[K] | undefined } & {
  /** The digest of what whoever changes it looked at. */
  readonly seen: string;
};
