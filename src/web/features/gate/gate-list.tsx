import type { Blocker, GateView } from '../../api/views.ts';
import { isLiftedAlike, Lifter } from '../../components/blocker-list.tsx';
import { ActorName, Person, Roles } from '../../components/person.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { Relative, Until } from '../../time/moment.tsx';
import { ChangeList } from '../change/change-list.tsx';
import { EvidenceEntry } from './evidence-entry.tsx';
import { GateActs } from './gate-acts.tsx';
import { gateTitle, gateWords, isOpen } from './gate-words.ts';
import { Observed } from './observed.tsx';
import './gate.css';

interface GateListProps {
  readonly gates: readonly GateView[];
  readonly release: string;
  /** Where it is to go, as long as something can be done about its gates; null for how they stood once. */
  readonly to: string | null;
  readonly blockers?: readonly Blocker[];
  /** Unfolds those that are not open. */
  readonly unfolded?: boolean;
}

/** Every gate with how it stands, whose it is, what it says and what it was judged from. */
export const GateList = ({ gates, release, to, blockers = [], unfolded = false }: GateListProps) => (
  <ul className="gates">
    {withBlockers(gates, blockers).map(({ gate, blocker, isSaid }) => (
      <li key={gate.gate}>
        <Gate gate={gate} release={release} to={to} unfolded={unfolded} blocker={blocker} isSaid={isSaid} />
      </li>
    ))}
  </ul>
);

/** What is in the way at each gate, and whether a gate above it names the same people. */
function withBlockers(gates: readonly GateView[], blockers: readonly Blocker[]) {
  const found = gates.map((gate) => ({ gate, blocker: blockers.find((one) => one.gate === gate.gate) }));
  return found.map(({ gate, blocker }, index) => ({
    gate,
    blocker,
    isSaid:
      blocker !== undefined &&
      found
        .slice(0, index)
        .some((above) => above.blocker !== undefined && isLiftedAlike(above.blocker, blocker)),
  }));
}

interface GateProps {
  readonly gate: GateView;
  readonly release: string;
  readonly to: string | null;
  readonly unfolded: boolean;
  readonly blocker: Blocker | undefined;
  readonly isSaid: boolean;
}

function Gate({ gate, release, to, unfolded, blocker, isSaid }: GateProps) {
  const words = gateWords(gate);
  const earliest = blocker?.earliest ?? null;
  return (
    <details className="gate" open={unfolded && !isOpen(gate)}>
      <summary>
        <StateMark tone={words.tone}>{words.text}</StateMark>
        <span className="gate-says">
          <b>{gateTitle(gate)}</b> <Sentence text={gate.says} />
          {gate.waiver !== null && <Waiver waiver={gate.waiver} />}
          {blocker !== undefined && <Lifter by={blocker.liftedBy} isSaid={isSaid} />}
        </span>
        {earliest !== null && (
          <span className="gate-when">
            <Until at={earliest} />
          </span>
        )}
      </summary>
      <div className="gate-body">
        {blocker !== undefined && (
          <p className="gate-way-out">
            <Sentence text={blocker.wayOut} />
          </p>
        )}
        {to !== null && <Observed kind={gate.kind} to={to} />}
        {gate.items !== undefined && <Items items={gate.items} />}
        {gate.kind === 'change-request' && to !== null && (
          <ChangeList release={release} environment={to} none={null} asks />
        )}
        <JudgedFrom gate={gate} release={release} />
        {to !== null && <GateActs gate={gate} release={release} to={to} blocker={blocker} />}
      </div>
    </details>
  );
}

function JudgedFrom({
  gate: { kind, evidence, state, waiver },
  release,
}: Pick<GateProps, 'gate' | 'release'>) {
  if (evidence.length === 0)
    return state === 'passed' && kind !== 'change-request' && waiver === null ? (
      <p className="soft">Judged from what Rung itself has seen; nothing was handed over for it.</p>
    ) : null;
  return (
    <ul className="evidence-list" aria-label="Judged from">
      {evidence.map((one) => (
        <EvidenceEntry key={one.id} evidence={one} release={release} />
      ))}
    </ul>
  );
}

/** Shown for ever, so that nobody takes it for a pass. */
const Waiver = ({ waiver }: { readonly waiver: NonNullable<GateView['waiver']> }) => (
  <span className="gate-waiver">
    Waived by <Person id={waiver.by} /> (<Roles roles={waiver.roles} />) <Relative at={waiver.at} />: “
    {waiver.reason}”
  </span>
);

const Items = ({ items }: { readonly items: NonNullable<GateView['items']> }) => (
  <ul className="gate-items">
    {items.map(({ item, done, note, by, at }) => (
      <li key={item}>
        <StateMark tone={done ? 'ok' : 'off'}>{done ? 'Done' : 'To do'}</StateMark>
        <span>
          {item}
          {note !== '' && <span className="soft"> “{note}”</span>}
          {by !== null && at !== null && (
            <span className="soft">
              {' '}
              · <ActorName actor={by} /> <Relative at={at} />
            </span>
          )}
        </span>
      </li>
    ))}
  </ul>
);
