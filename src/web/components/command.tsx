import { useState } from 'react';
import './command.css';

const copiedMs = 2000;

/** The command that does the same, ready to be copied. */
export function Command({
  line,
  label = 'The same in a terminal',
}: {
  readonly line: string;
  readonly label?: string;
}) {
  const [said, setSaid] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(line);
      setSaid('Copied');
    } catch {
      // A page that comes without TLS from another machine is lent no clipboard at all.
      setSaid('Copy it by hand');
    }
    setTimeout(() => setSaid(null), copiedMs);
  };
  return (
    <div className="command">
      <span className="command-label">{label}</span>
      <code className="mono">{line}</code>
      <button type="button" className="button small quiet" onClick={() => void copy()}>
        <span aria-live="polite">{said ?? 'Copy'}</span>
      </button>
    </div>
  );
}
