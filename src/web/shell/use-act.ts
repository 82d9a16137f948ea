import { useNavigate } from '@tanstack/react-router';
import { type Act, withoutAct } from './act.ts';

export interface Acting {
  readonly open: (act: Act) => void;
  readonly close: () => void;
}

/** Opens and closes the dialog in which a person does something. */
export function useAct(): Acting {
  const navigate = useNavigate();
  return {
    open: (act) =>
      void navigate({ to: '.', search: (before) => ({ ...withoutAct(before), ...act }), resetScroll: false }),
    close: () =>
      void navigate({ to: '.', search: (before) => withoutAct(before), replace: true, resetScroll: false }),
  };
}
