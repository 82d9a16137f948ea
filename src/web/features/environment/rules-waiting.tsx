import { useState } from 'react';
import type { EnvironmentView } from '../../api/views.ts';
import { Lifter } from '../../components/blocker-list.tsx';
import { Button } from '../../components/button.tsx';
import { countText, personName } from '../../components/names.ts';
import { ActorName } from '../../components/person.tsx';
import { type Tone, StateMark } from '../../components/state-mark.tsx';
import { useProject } from '../../shell/project-context.ts';
import { Relative } from '../../time/moment.tsx';
import { ApproveRulesDialog, RejectRulesDialog } from './rules-dialogs.tsx';
import { agreeOff, type Proposal } from './rules-off.ts';

type Change = Proposal['changes'][number];

/** A project file that would weaken this environment: what it changes, and who has to agree (INF-7). */
export function RulesWaiting({ environment: { name, rules } }: { readonly environment: EnvironmentView }) {
  const { board } = useProject();
  const [opened, setOpened] = useState<'approve' | 'reject' | null>(null);
  const { waiting } = rules;
  if (waiting === null) return null;
  const off = agreeOff(waiting, board.viewer);
  const close = (): void => setOpened(null);
  return (
    <section className="panel rules-waiting" aria-label="Rules that wait">
      <h2>
        Weaker rules wait for {countText(waiting.missingPeople, 'approval')} of {waiting.needed}
      </h2>
      <p>
        <Bringer by={waiting.proposedBy} /> brought them <Relative at={waiting.proposedAt} />. Until they are
        approved, {name} keeps the rules it has.
        {waiting.approvals.length > 0 &&
          ` Approved by ${waiting.approvals.map(({ by }) => personName(by)).join(', ')}.`}{' '}
        <Lifter by={waiting.approvers} />
      </p>
      <ul className="rule-changes">
        {waiting.changes.map((change) => (
          <ChangeLine key={change.what} change={change} />
        ))}
      </ul>
      <div className="acts panel-foot">
        <Button tone="main" off={off} onClick={() => setOpened('approve')}>
          Agree to weaker rules…
        </Button>
        {off === null && (
          <Button tone="bad" onClick={() => setOpened('reject')}>
            Refuse…
          </Button>
        )}
      </div>
      {opened === 'approve' && <ApproveRulesDialog name={name} hash={waiting.hash} onClose={close} />}
      {opened === 'reject' && <RejectRulesDialog name={name} hash={waiting.hash} onClose={close} />}
    </section>
  );
}

/** `A merge into develop`, or a person. */
const Bringer = ({ by }: { readonly by: Proposal['proposedBy'] }) =>
  by.kind === 'automation' ? `A ${by.rule}` : <ActorName actor={by} />;

const effects: Record<Change['effect'], { readonly tone: Tone; readonly text: string }> = {
  weakens: { tone: 'bad', text: 'Weaker' },
  strengthens: { tone: 'ok', text: 'Stronger' },
  neither: { tone: 'off', text: 'Other' },
};

/** `Weaker: approvals 2 → 1` */
function ChangeLine({ change: { what, from, to, effect } }: { readonly change: Change }) {
  return (
    <li>
      <StateMark tone={effects[effect].tone}>{effects[effect].text}</StateMark>{' '}
      <span className="num">
        <b>{what}</b> {from ?? 'nothing'} → {to ?? 'nothing'}
      </span>
    </li>
  );
}
