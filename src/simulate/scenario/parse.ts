import type { Problem } from '../../domain/failure.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { decodeFile, type FileForm } from '../../lifecycle/declare/decode.ts';
import { besides, invalidFile, otherVersion } from '../../lifecycle/declare/parse.ts';
import type { Places } from '../../lifecycle/declare/places.ts';
import { shapeFindings } from '../../lifecycle/declare/shape.ts';
import { readYaml } from '../../lifecycle/declare/yaml.ts';
import { fillScenario } from './fill.ts';
import { meaningFindings } from './meaning.ts';
import type { Scenario } from './types.ts';
import { schemaErrorsOf } from './validate.generated.ts';
import type { WrittenScenario } from './written.ts';

const scenarioForm: FileForm = {
  code: 'scenario',
  usual: 'Check that this is a scenario. One has a few dozen lines.',
  begin: 'See the guide on `rung simulate` for one to begin with.',
};

/**
 * Reads and checks a scenario against the project file that it is to be played by. Throws invalid `scenario-invalid`
 * with every problem at once, each with its place; or `scenario-too-large`, `scenario-empty`, `scenario-encoding`.
 */
export function parseScenario(bytes: Uint8Array, name: string, file: ProjectFile): Scenario {
  const text = decodeFile(bytes, name, scenarioForm);
  const { data, places, problems, usable } = readYaml(text, name);
  const all = [...problems, ...(usable ? besides(problems, dataProblems(data, places, file)) : [])];
  if (all.length > 0)
    throw invalidFile(name, all, 'scenario-invalid', 'Correct what is listed and simulate it again.');
  return fillScenario(data as WrittenScenario, name, file);
}

function dataProblems(data: unknown, places: Places, file: ProjectFile): readonly Problem[] {
  const version = otherVersion(data, places, 'scenario');
  if (version !== null) return [version];
  const findings = [...shapeFindings(schemaErrorsOf(data)), ...meaningFindings(data, file)];
  return findings.map((finding) => places.problem(finding));
}
