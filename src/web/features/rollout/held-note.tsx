import type { RolloutState, RolloutView } from '../../api/views.ts';
import { percentText } from '../../components/figures.ts';
import { Since } from '../../time/moment.tsx';
import { holdText } from './phase.ts';

interface HeldNoteProps {
  readonly rollout: RolloutView;
  readonly state: Extract<RolloutState, { phase: 'held' }>;
}

const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

/** Why a rollout is held, and at what. */
export const HeldNote = ({ rollout, state }: HeldNoteProps) => (
  <p className="held">
    <b>
      Held at {percentText(state.percent)} for <Since at={state.since} fine />.
    </b>{' '}
    {sentence(holdText(state))}
    {state.percent > 0 && ` The rules that take ${rollout.version} back stay armed.`}
  </p>
);
