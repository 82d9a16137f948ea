import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { type Entry, found, usePaletteEntries } from './palette-entries.ts';
import { releasesQuery } from '../api/queries.ts';
import { useProject } from './project-context.ts';
import './palette.css';

const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** Finds every environment, release and command by a few letters: ⌘K, or Ctrl K. */
export function Palette() {
  const [open, setOpen] = useState(false);
  const { project } = useProject();
  const queries = useQueryClient();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  useEffect(() => {
    if (open) void queries.prefetchInfiniteQuery(releasesQuery(project));
  }, [open, project, queries]);
  return (
    <>
      <button
        type="button"
        className="palette-open"
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => setOpen(true)}
      >
        <span className="palette-hint">Search or run a command</span>
        <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      {open && (
        <Dialog title="Search or run a command" bare onClose={() => setOpen(false)}>
          <Finder onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

/** More than fit on a screen help nobody: another letter narrows them down. */
const mostShown = 40;

function Finder({ onDone }: { readonly onDone: () => void }) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const entries = usePaletteEntries(words);
  const shown = found(entries, words).slice(0, mostShown);
  const list = useId();
  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onDone();
    entry.run();
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setAt((at + 1) % Math.max(1, shown.length)),
    ArrowUp: () => setAt((at + shown.length - 1) % Math.max(1, shown.length)),
    Enter: () => run(shown[at]),
  };
  return (
    <div className="palette">
      <input
        className="input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={shown.length > 0 ? `${list}-${at}` : undefined}
        aria-label="Search or run a command"
        placeholder="An environment, a release, a command…"
        autoFocus
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (act === undefined) return;
          event.preventDefault();
          act();
        }}
      />
      <ul id={list} role="listbox" aria-label="Found">
        {shown.map((entry, index) => (
          <Found
            key={`${entry.group} ${entry.label}`}
            id={`${list}-${index}`}
            entry={entry}
            chosen={index === at}
            onRun={() => run(entry)}
          />
        ))}
      </ul>
      {shown.length === 0 && <p className="soft">Nothing is called that here.</p>}
    </div>
  );
}

interface FoundProps {
  readonly id: string;
  readonly entry: Entry;
  readonly chosen: boolean;
  readonly onRun: () => void;
}

function Found({ id, entry, chosen, onRun }: FoundProps) {
  const place = useRef<HTMLLIElement>(null);
  const follow = useCallback(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  useEffect(() => {
    if (chosen) follow();
  }, [chosen, follow]);
  return (
    <li ref={place} id={id} role="option" aria-selected={chosen} onClick={onRun}>
      <span className="clip">{entry.label}</span>
      <small className="soft clip">{entry.group}</small>
    </li>
  );
}
