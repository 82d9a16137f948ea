import { personName } from './names.ts';

/** An address of a person, as the server writes it. */
const address = /([\w.+-]+@[a-z][\w-]*(?:\.[\w-]+)*)/;

/** A sentence of the server's: people by their names, and what is to be typed, between backticks, looks like it. */
export function Sentence({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      <Named key={index} text={part} />
    ) : (
      <code key={index} className="mono">
        {part}
      </code>
    ),
  );
}

/** The whole address is there on hover. */
const Named = ({ text }: { readonly text: string }) =>
  text.split(address).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} title={part}>
        {personName(part)}
      </span>
    ),
  );
