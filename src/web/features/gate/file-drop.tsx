import { type DragEvent, useState } from 'react';
import { bytesText } from './bytes-text.ts';

interface FileDropProps {
  readonly file: File | null;
  readonly onChoose: (file: File) => void;
}

/** A file by drag, or by the browser's own picker, which the keyboard reaches. */
export function FileDrop({ file, onChoose }: FileDropProps) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [first] = files ?? [];
    if (first !== undefined) onChoose(first);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <label
      className={over ? 'file-drop over' : 'file-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        className="sr-only"
        type="file"
        aria-label="The file"
        onChange={(event) => take(event.target.files)}
      />
      {file === null ? (
        <span>
          <b>Drop a file here</b>, or choose one…
        </span>
      ) : (
        <span>
          <b>{file.name}</b> <span className="soft num">{bytesText(file.size)}</span>
          <br />
          <span className="soft">Drop or choose another…</span>
        </span>
      )}
    </label>
  );
}
