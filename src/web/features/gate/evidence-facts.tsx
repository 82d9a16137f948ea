import type { AnyFacts, FactsOf } from '../../../client/index.ts';
import type { EvidenceView } from '../../api/views.ts';
import { countText, listText, personName } from '../../components/names.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { spanText } from '../../time/format.ts';

/** All that a piece of evidence says: what failed, what is least covered, what was found, what was tried. */
export function EvidenceFacts({ facts }: { readonly facts: EvidenceView['facts'] }) {
  return (
    <div className="evidence-facts">
      <Body facts={facts as unknown as AnyFacts} />
    </div>
  );
}

function Body({ facts }: { readonly facts: AnyFacts }) {
  switch (facts.kind) {
    case 'tests':
      return <Tests facts={facts} />;
    case 'coverage':
      return <Coverage facts={facts} />;
    case 'scan':
      return <Scan facts={facts} />;
    case 'uat':
      return <Uat facts={facts} />;
    case 'rollback-plan':
      return <Plan facts={facts} />;
    case 'checklist':
      return <Ticks items={facts.items.map(({ item, done, note }) => ({ title: item, good: done, note }))} />;
    case 'count':
      return (
        <p>
          {countText(facts.count, 'blocking bug')}
          {facts.tracker !== null && ` in ${facts.tracker}`}. <Out href={facts.link} />
        </p>
      );
    case 'review':
      return (
        <p>
          {facts.approvedBy.length > 0 && `Approved by ${listText(facts.approvedBy.map(personName))}. `}
          {facts.requestedChanges.length > 0 &&
            `Changes asked for by ${listText(facts.requestedChanges.map(personName))}. `}
          <Out href={facts.url} />
        </p>
      );
  }
}

/** Only to where a browser may go from a page: never what others wrote as a script. */
function Out({ href }: { readonly href: string | null }) {
  if (href === null || !/^https?:\/\//i.test(href)) return null;
  return (
    <a className="link" href={href} target="_blank" rel="noreferrer">
      Look at it there <span aria-hidden="true">↗</span>
    </a>
  );
}

const percent = (ratio: number): string => `${Math.floor(ratio * 1000) / 10} %`;

function Tests({ facts }: { readonly facts: FactsOf<'tests'> }) {
  const { total, passed, failed, errors, skipped, flaky, suites, durationMs, failures } = facts;
  return (
    <>
      <p className="num">
        {countText(total, 'test')} in {countText(suites, 'suite')}, {spanText(durationMs)}: {passed} passed,{' '}
        {failed} failed, {errors} with an error, {skipped} skipped
        {flaky > 0 && `; ${flaky} passed only when tried again`}.
      </p>
      {failures.length > 0 && (
        <ul className="fact-list" aria-label="Failed tests">
          {failures.map(({ name, classname, outcome, message }) => (
            <li key={`${classname} ${name}`}>
              <StateMark tone="bad">{outcome === 'error' ? 'Error' : 'Failed'}</StateMark>
              <span>
                <b>{name}</b> <span className="soft">{classname}</span>
                {message !== '' && <code className="mono">{message}</code>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Cut shown={failures.length} all={failed + errors} what="failed tests" />
      <Disagreements facts={facts} />
    </>
  );
}

function Coverage({ facts }: { readonly facts: FactsOf<'coverage'> }) {
  const { lineRatio, linesHit, linesFound, branchRatio, files, lowest } = facts;
  return (
    <>
      <p className="num">
        {percent(lineRatio)} of the lines ({linesHit} of {linesFound} in {countText(files, 'file')})
        {branchRatio !== null && `, ${percent(branchRatio)} of the branches`}.
      </p>
      {lowest.length > 0 && (
        <table className="num">
          <thead>
            <tr>
              <th>Least covered</th>
              <th>Lines</th>
            </tr>
          </thead>
          <tbody>
            {lowest.map((one) => (
              <tr key={one.file}>
                <td className="mono digest">{one.file}</td>
                <td>
                  {percent(one.lineRatio)}{' '}
                  <span className="soft">
                    {one.linesHit} of {one.linesFound}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Disagreements facts={facts} />
    </>
  );
}

function Scan({ facts: { bySeverity, findings, tools, suppressed } }: { readonly facts: FactsOf<'scan'> }) {
  const standing = Object.values(bySeverity).reduce((sum, count) => sum + count, 0);
  const counts = Object.entries(bySeverity).filter(([, count]) => count > 0);
  return (
    <>
      <p className="num">
        {listText(tools)}: {countText(standing, 'finding')}
        {counts.length > 0 && ` (${counts.map(([severity, count]) => `${count} ${severity}`).join(', ')})`}
        {suppressed > 0 && `; ${suppressed} accepted by somebody`}.
      </p>
      {findings.length > 0 && (
        <ul className="fact-list" aria-label="Findings">
          {findings.map(({ rule, severity, message, place }) => (
            <li key={`${rule} ${place} ${message}`}>
              <StateMark tone={severity === 'critical' || severity === 'high' ? 'bad' : 'warn'}>
                {severity}
              </StateMark>
              <span>
                {message} <span className="mono soft">{rule}</span>
                {place !== '' && <code className="mono">{place}</code>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Cut shown={findings.length} all={standing} what="findings" />
    </>
  );
}

const Uat = ({ facts: { verdict, testers, scenarios, note } }: { readonly facts: FactsOf<'uat'> }) => (
  <>
    <p>
      {verdict === 'accepted' ? 'Accepted' : 'Rejected'}
      {testers.length > 0 && `; tried by ${listText(testers.map(personName))}`}.
      {note !== '' && <> “{note}”</>}
    </p>
    <Ticks
      items={scenarios.map(({ title, passed, note: said }) => ({ title, good: passed, note: said }))}
      words={{ good: 'Passed', bad: 'Failed', badTone: 'bad' }}
    />
  </>
);

const Plan = ({ facts }: { readonly facts: FactsOf<'rollback-plan'> }) => (
  <>
    <p>
      Back within {facts.minutes} min.{' '}
      {facts.dataStaysReadable
        ? 'The version before can read what this one writes.'
        : 'The version before cannot read what this one writes.'}{' '}
      Written by {personName(facts.writtenBy)}, read by{' '}
      {facts.reviewedBy.length === 0 ? 'nobody yet' : listText(facts.reviewedBy.map(personName))}.
    </p>
    <pre className="plan-steps">{facts.steps}</pre>
  </>
);

interface TicksProps {
  readonly items: readonly { readonly title: string; readonly good: boolean; readonly note: string }[];
  readonly words?: { readonly good: string; readonly bad: string; readonly badTone: 'bad' | 'off' };
}

const Ticks = ({ items, words = { good: 'Done', bad: 'Not done', badTone: 'off' } }: TicksProps) => (
  <ul className="fact-list">
    {items.map(({ title, good, note }) => (
      <li key={title}>
        <StateMark tone={good ? 'ok' : words.badTone}>{good ? words.good : words.bad}</StateMark>
        <span>
          {title}
          {note !== '' && <span className="soft"> “{note}”</span>}
        </span>
      </li>
    ))}
  </ul>
);

interface CutProps {
  readonly shown: number;
  readonly all: number;
  readonly what: string;
}

const Cut = ({ shown, all, what }: CutProps) =>
  all > shown ? (
    <p className="soft">
      The first {shown} of {all} {what}; the file has them all.
    </p>
  ) : null;

/** A file whose own sums are wrong was cut, or written by somebody who should not have. */
const Disagreements = ({ facts: { disagreements } }: { readonly facts: FactsOf<'tests' | 'coverage'> }) =>
  disagreements.count === 0 ? null : (
    <p className="warn-text">
      ◆ The file’s own sums are wrong in {countText(disagreements.count, 'place')}; what it lists counts.
    </p>
  );
