import { tool } from './programs.mjs';

export async function run() {
  const { code, output } = await tool('biome', ['check', '--write', '.']);
  console.log(output.trimEnd());
  return code;
}
