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
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(line);
    setCopied(true);
    setTimeout(() => setCopied(false), copiedMs);
  };
  return (
    <div className="command">
      <span className="command-label">{label}</span>
      <code className="mono">{line}</code>
      <button type="button" className="button small quiet" onClick={() => void copy()}>
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </button>
    </div>
  );
}
