import type { RolloutView } from '../../api/views.ts';
import { percentText } from '../../components/figures.ts';
import { ActorName } from '../../components/person.tsx';
import { Relative } from '../../time/moment.tsx';

/** The steps that somebody answered for by name, because the evidence did not suffice. */
export const Advances = ({ advances }: Pick<RolloutView, 'advances'>) =>
  advances.map((one) => (
    <p className="held" key={one.at}>
      <b>
        <ActorName actor={one.by} /> promoted it on thin evidence
      </b>
      {one.fromPercent === one.toPercent
        ? ` at ${percentText(one.toPercent)}`
        : ` from ${percentText(one.fromPercent)} to ${percentText(one.toPercent)}`}
      , <Relative at={one.at} />: {one.reason}
    </p>
  ));
