import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { makeException } from '../../api/calendar-calls.ts';
import { calendarQuery } from '../../api/queries.ts';
import { ActForm } from '../../components/act-form.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { fromField, inField } from '../../time/moment-field.ts';
import { useZone } from '../../time/moment.tsx';
import { serverNow } from '../../time/now.ts';
import { exceptionEndWrong, exceptionStartWrong } from './exception-words.ts';

interface ExceptDialogProps {
  readonly environment: string;
  readonly onClose: () => void;
}

const hourMs = 3_600_000;

/** Opens an environment for a while against its windows and freezes, in one's own name. */
export function ExceptDialog({ environment: name, onClose }: ExceptDialogProps) {
  const { project, board, commands } = useProject();
  const { data, error } = useQuery(calendarQuery(project));
  const zone = useZone();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState(() => inField(serverNow() + 2 * hourMs, zone));
  const [reason, setReason] = useState('');
  const calendar = data?.environments.find((one) => one.environment === name);
  const span = { from: fromField(from, zone), to: fromField(to, zone) };
  const wrong = { from: exceptionStartWrong(from, span), to: exceptionEndWrong(span, serverNow()) };
  const hint = zone === 'utc' ? 'UTC' : 'your own time';
  return (
    <ActForm
      title={`Open ${name} for a while?`}
      effect={`Whatever the windows and freezes of ${name} say, something may go in; gates and approvals are asked for all the same. Each promotion that needed it shows it for ever, with your name and your reason. 14 days at most.`}
      command={commands.except(name, { ...span, reason })}
      submit={`Open ${name}`}
      tone="bad"
      off={
        (calendar === undefined ? 'Reading the calendar…' : offFor(calendar.mayExcept, board.viewer)) ??
        wrong.from ??
        wrong.to ??
        needReason(reason)
      }
      run={() =>
        makeException(project, name, {
          ...(span.from === null ? {} : { from: span.from }),
          to: span.to ?? 0,
          reason: reason.trim(),
        })
      }
      outcome={`${name} is open for a while, by your exception.`}
      onClose={onClose}
    >
      {error !== null && <FailureNote error={error} />}
      {calendar !== undefined && (
        <p className="tinted">
          <b>{calendar.open ? 'Open now.' : 'Closed now.'}</b> {calendar.because}
        </p>
      )}
      <div className="two-fields">
        <TextField
          label="From"
          hint={`${hint}; empty: from now on`}
          type="datetime-local"
          value={from}
          onChange={setFrom}
          wrong={wrong.from}
        />
        <TextField
          label="Until"
          hint={hint}
          type="datetime-local"
          value={to}
          onChange={setTo}
          wrong={wrong.to}
        />
      </div>
      <ReasonField
        needed
        label="Why it cannot wait"
        hint="everybody reads it, always"
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
}
