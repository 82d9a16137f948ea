import { Dialog } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';

interface FailureDialogProps {
  readonly title: string;
  readonly error: unknown;
  readonly onClose: () => void;
}

/** In place of a form whose subject could not be read. */
export const FailureDialog = ({ title, error, onClose }: FailureDialogProps) => (
  <Dialog title={title} onClose={onClose}>
    <div className="form">
      <FailureNote error={error} />
    </div>
  </Dialog>
);
