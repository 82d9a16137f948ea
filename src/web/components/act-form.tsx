import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useOpenForm } from '../shell/open-forms.ts';
import { tellOutcome } from '../shell/outcomes.tsx';
import { Button } from './button.tsx';
import { Command } from './command.tsx';
import { Dialog } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';
import { FormTried } from './field-frame.tsx';

interface ActFormProps {
  readonly title: string;
  /** What will happen, and what is lost, in a sentence or two. */
  readonly effect: ReactNode;
  readonly children?: ReactNode;
  readonly command: string;
  /** Names the effect, for example `Roll back to 1.2.1`. */
  readonly submit: string;
  readonly tone?: 'main' | 'bad';
  /** Why it cannot be done yet; null when it can. */
  readonly off: string | null;
  readonly run: () => Promise<unknown>;
  /** What to say once it is done. */
  readonly outcome: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** How a failure is shown where the plain note is not enough. */
  readonly failed?: (error: unknown) => ReactNode;
}

/** The one form in which anything is done: what happens, what is asked, the command that does the same, the button. */
export function ActForm(props: ActFormProps) {
  const { title, effect, children, command, submit, tone = 'main', off, run, outcome, onClose, wide } = props;
  const { failed = (error) => <FailureNote error={error} /> } = props;
  useOpenForm();
  const [tries, setTries] = useState(0);
  const form = useFirstWrong(tries);
  const queries = useQueryClient();
  const isLeft = useLeft();
  const act = useMutation({
    mutationFn: run,
    onSuccess: () => {
      // The stream says so, too; but what one did oneself is seen even while that is lost.
      void queries.invalidateQueries({ queryKey: ['project'] });
      tellOutcome(outcome);
      // Who left before the answer came may be in the middle of another form by now.
      if (!isLeft()) onClose();
    },
    onError: (error) => {
      if (isLeft()) tellOutcome(`${submit}: ${error.message}`);
    },
  });
  const send = (): void => {
    if (off === null && !act.isPending) act.mutate();
  };
  return (
    <Dialog title={title} onClose={onClose} wide={wide ?? false}>
      <form
        ref={form}
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="effect">{effect}</div>
        <FormTried value={tries > 0}>{children}</FormTried>
        <Command line={command} />
        {act.error !== null && failed(act.error)}
        <div className="acts">
          <Button
            type="submit"
            tone={tone}
            off={act.isPending ? 'Asked; waiting for the answer' : off}
            onOff={() => setTries(tries + 1)}
          >
            {submit}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
        {tries > 0 && off !== null && (
          <span className="sr-only" role="alert">
            {off}
          </span>
        )}
      </form>
    </Dialog>
  );
}

/** Whether the form was left, asked when an answer comes. */
function useLeft(): () => boolean {
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  return () => left.current;
}

/** Leads to the first field with which something is wrong, each time that one tries. */
function useFirstWrong(tries: number) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [tries]);
  return form;
}
