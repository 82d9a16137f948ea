import { useEffect, useState } from 'react';
import { failureIn } from '../../api/failure.ts';
import { FailureNote } from '../../components/failure-note.tsx';

/** Of a larger file the lines are not looked up. */
const mostBytes = 5_000_000;
const mostCharacters = 160;
const mostLines = 10;

interface UploadFailureProps {
  readonly error: unknown;
  readonly file: File | null;
}

interface Line {
  readonly line: number;
  readonly text: string;
}

/** What is wrong with the file, with the very lines it is wrong in. */
export function UploadFailure({ error, file }: UploadFailureProps) {
  const [lines, setLines] = useState<readonly Line[]>([]);
  useEffect(() => {
    let isShown = true;
    const look = async (): Promise<void> => {
      const found = await linesOf(error, file);
      if (isShown) setLines(found);
    };
    void look();
    return () => {
      isShown = false;
    };
  }, [error, file]);
  return (
    <>
      <FailureNote error={error} />
      {lines.length > 0 && (
        <ol className="file-lines mono" aria-label={`Lines of ${file?.name ?? 'the file'}`}>
          {lines.map(({ line, text }) => (
            <li key={line} value={line}>
              {text}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

async function linesOf(error: unknown, file: File | null): Promise<readonly Line[]> {
  const problems = failureIn(error)?.problems ?? [];
  const wanted = [...new Set(problems.flatMap(({ place }) => (place === undefined ? [] : [place.line])))];
  if (file === null || wanted.length === 0 || file.size > mostBytes) return [];
  const text = (await file.text()).split(/\r?\n/);
  return wanted.slice(0, mostLines).flatMap((line) => {
    const found = text[line - 1];
    return found === undefined ? [] : [{ line, text: found.slice(0, mostCharacters) }];
  });
}
