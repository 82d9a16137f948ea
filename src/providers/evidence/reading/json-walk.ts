import { TokenType } from '@streamparser/json';
import { shortened } from '../../../domain/evidence/facts.ts';
import type { JsonObject, JsonShape, JsonValue } from './json-shape.ts';
import { pointerOf } from './json-shape.ts';
import { limits } from './limits.ts';
import { ownText } from './own-text.ts';
import type { Complaint, Problems } from './problems.ts';
import type { Spot } from './spot.ts';

/** Characters of a text that are kept. */
const textKept = 2000;

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

interface Frame {
  readonly isList: boolean;
  /** Null where nothing of it is wanted. */
  readonly shape: JsonShape | null;
  readonly keys: Set<string>;
  readonly kept: JsonValue[] | JsonObject;
  /** Where we are in it. */
  step: string | number;
}

type Scalar = string | number | boolean | null;

/** Follows the tokens of one document: checks that they are JSON, and keeps what the shape wants. */
export class JsonWalk {
  readonly #shape: JsonShape;
  readonly #problems: Problems;
  readonly #spot: () => Spot;
  readonly #frames: Frame[] = [];
  #expected: Expected = 'value';
  #openKeys = 0;
  #whole: JsonValue = null;

  constructor(shape: JsonShape, problems: Problems, spot: () => Spot) {
    this.#shape = shape;
    this.#problems = problems;
    this.#spot = spot;
  }

  token(token: TokenType, value: Scalar): void {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      this.#open(token === TokenType.LEFT_BRACKET);
    } else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) {
      this.#close(token === TokenType.RIGHT_BRACKET);
    } else if (token === TokenType.COLON) {
      this.#expect('colon');
      this.#expected = 'value';
    } else if (token === TokenType.COMMA) {
      this.#expect('comma or end');
      this.#next();
    } else if (token === TokenType.STRING && this.#expected.startsWith('key')) this.#key(String(value));
    else this.#scalar(value);
  }

  /** What was kept, once all was told. */
  end(): JsonValue {
    if (this.#expected !== 'nothing') throw new Error('the document has no end');
    return this.#whole;
  }

  #open(isList: boolean): void {
    this.#expect('value', 'value or end');
    const wanted = this.#wanted();
    const fits = wanted !== null && wanted !== 'value' && isList === 'each' in wanted;
    if (wanted !== null && !fits) this.#mismatch(wanted);
    if (this.#frames.length >= limits.nesting) this.#stop(tooDeep);
    this.#frames.push({
      isList,
      shape: fits ? wanted : null,
      keys: new Set(),
      kept: isList ? [] : (Object.create(null) as JsonObject),
      step: isList ? 0 : '',
    });
    this.#expected = isList ? 'value or end' : 'key or end';
  }

  #close(isList: boolean): void {
    const frame = this.#frames.at(-1);
    const mayEnd = this.#expected.endsWith('or end');
    if (frame === undefined || frame.isList !== isList || !mayEnd) return this.#stop(broken);
    this.#frames.pop();
    this.#openKeys -= frame.keys.size;
    this.#done(frame.kept);
  }

  #key(key: string): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#stop(broken);
    if (key.length > limits.jsonKey) this.#stop(longKey);
    if (frame.keys.has(key)) this.#note(doubled(key));
    else {
      frame.keys.add(key);
      this.#openKeys += 1;
    }
    if (this.#openKeys > limits.jsonOpenKeys) this.#stop(manyKeys);
    if (key === '__proto__') this.#note(proto);
    frame.step = key;
    this.#expected = 'colon';
  }

  #scalar(value: Scalar): void {
    this.#expect('value', 'value or end');
    const wanted = this.#wanted();
    if (wanted === null) return this.#done(null);
    if (wanted !== 'value' && value !== null) this.#mismatch(wanted);
    if (typeof value === 'number' && !Number.isFinite(value)) this.#note(hugeNumber);
    this.#done(
      typeof value === 'string' && value.length > textKept ? ownText(shortened(value, textKept)) : value,
    );
  }

  /** A value is read: it goes where it belongs. */
  #done(value: JsonValue): void {
    const frame = this.#frames.at(-1);
    this.#expected = frame === undefined ? 'nothing' : 'comma or end';
    if (frame === undefined) this.#whole = value;
    else if (this.#wanted() !== null) this.#keep(frame, value);
  }

  #keep({ shape, kept, step }: Frame, value: JsonValue): void {
    if (shape === null || shape === 'value') return;
    if (!Array.isArray(kept)) {
      kept[String(step)] = value;
      return;
    }
    if (!('each' in shape)) return;
    if (shape.take !== undefined) shape.take(value, { path: this.#path(), spot: this.#spot });
    else if (kept.length >= limits.jsonListKept) this.#stop(longList);
    else kept.push(value);
  }

  #next(): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#stop(broken);
    if (typeof frame.step === 'number') frame.step += 1;
    this.#expected = frame.isList ? 'value' : 'key';
  }

  /** The shape of the value that comes or came; null where it is not wanted. */
  #wanted(): JsonShape | null {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#shape;
    const { shape, step } = frame;
    if (shape === null || shape === 'value') return null;
    if ('each' in shape) return Number(step) < (shape.first ?? Number.POSITIVE_INFINITY) ? shape.each : null;
    return Object.hasOwn(shape.keys, step) ? (shape.keys[step] ?? null) : null;
  }

  #expect(...expected: Expected[]): void {
    if (!expected.includes(this.#expected)) this.#stop(broken);
  }

  #path(): (string | number)[] {
    return this.#frames.map(({ step }) => step);
  }

  #mismatch(wanted: JsonShape): void {
    const what = wanted === 'value' ? 'a single value' : 'each' in wanted ? 'a list' : 'an object';
    this.#note({
      code: 'wrong-type',
      message: `${pointerOf(this.#path()) || 'The document'} is not ${what}`,
      instead: what,
    });
  }

  #note(complaint: Omit<Complaint, 'at' | 'pointer'>): void {
    this.#problems.note({ ...complaint, at: this.#spot(), pointer: pointerOf(this.#path()) });
  }

  #stop(complaint: Omit<Complaint, 'at' | 'pointer'>): never {
    return this.#problems.stop({ ...complaint, at: this.#spot(), pointer: pointerOf(this.#path()) });
  }
}

const broken = {
  code: 'broken-json',
  message: 'The JSON is broken here: this may not stand at this place',
  instead: 'hand over the file as the tool wrote it',
};
const tooDeep = {
  code: 'too-deep',
  message: `More than ${limits.nesting} lists and objects stand in each other`,
  instead: 'have the tool write a flat report',
};
const longKey = {
  code: 'too-long',
  message: `A key is longer than ${limits.jsonKey} characters`,
  instead: 'hand over the file that the tool wrote',
};
const manyKeys = {
  code: 'too-many-keys',
  message: `The objects that are open here have more than ${limits.jsonOpenKeys} keys`,
  instead: 'hand over the file that the tool wrote',
};
const longList = {
  code: 'too-long',
  message: `A list here has more than ${limits.jsonListKept} entries`,
  instead: 'hand over the file in parts',
};
const hugeNumber = {
  code: 'not-a-number',
  message: 'The number is too large',
  instead: 'a number below 10^308',
};
const proto = {
  code: 'key-refused',
  message: 'A key is named __proto__, which no tool writes',
  instead: 'leave it out',
};
const doubled = (key: string): Omit<Complaint, 'at'> => ({
  code: 'doubled-key',
  message: `The key “${shortened(key, 80)}” comes twice in one object, so nobody knows which counts`,
  instead: 'write it once',
});
