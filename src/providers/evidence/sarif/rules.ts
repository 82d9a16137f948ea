import { shortened } from '../../../domain/evidence/facts.ts';
import { type JsonShape, type JsonValue, jsonAt, numberAt, textAt } from '../reading/json-shape.ts';
import type { Kept } from '../reading/problems.ts';
import type { Level } from './severity.ts';

/** What a rule says of its findings. */
export interface Rule {
  readonly id: string;
  readonly score: number | null;
  readonly level: Level | null;
  readonly title: string;
}

/** How a finding names its rule. */
export interface RuleReference {
  readonly id: string;
  readonly index: number | null;
  /** The place in the tool's extensions; null for the tool itself. */
  readonly extension: number | null;
}

export const ruleShape: JsonShape = {
  keys: {
    id: 'value',
    shortDescription: { keys: { text: 'value' } },
    defaultConfiguration: { keys: { level: 'value' } },
    properties: { keys: { 'security-severity': 'value' } },
  },
};

const idCharacters = 300;

export function referenceOf(result: JsonValue): RuleReference {
  const reference = jsonAt(result, 'rule');
  const index = numberAt(reference, 'index') ?? numberAt(result, 'ruleIndex');
  return {
    id: shortened(textAt(reference, 'id') ?? textAt(result, 'ruleId') ?? '', idCharacters),
    index: index !== null && index >= 0 ? index : null,
    extension: numberAt(reference, 'toolComponent', 'index'),
  };
}

/** The rules of one run's tool and its extensions. */
export class Rules {
  readonly #kept: Kept;
  readonly #byIndex = new Map<string, Rule>();
  readonly #byId = new Map<string, Rule>();

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  add(extension: number | null, index: number, rule: Rule): void {
    const slim = {
      ...rule,
      id: shortened(rule.id, idCharacters),
      title: shortened(rule.title, idCharacters),
    };
    this.#kept.add(400 + 2 * (slim.id.length + slim.title.length));
    this.#byIndex.set(placeOf(extension, index), slim);
    if (!this.#byId.has(slim.id)) this.#byId.set(slim.id, slim);
  }

  /** By place where name and place agree; else by name, also the name of the rule above (`CA1000/1`); else by place. */
  find({ id, index, extension }: RuleReference): Rule | null {
    const placed = index === null ? null : (this.#byIndex.get(placeOf(extension, index)) ?? null);
    if (placed !== null && (id === '' || id === placed.id || id.startsWith(`${placed.id}/`))) return placed;
    return this.#byId.get(id) ?? this.#byId.get(id.replace(/\/[^/]*$/u, '')) ?? placed;
  }
}

const placeOf = (extension: number | null, index: number): string => `${extension ?? 'tool'}:${index}`;
