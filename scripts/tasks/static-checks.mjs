import { tool } from './programs.mjs';

/** What is checked without running anything. Each counts as one test. */
const checks = [
  { name: 'types', tool: 'tsc', args: ['-p', '.'] },
  { name: 'types of the board', tool: 'tsc', args: ['-p', 'src/web'] },
  { name: 'lint', tool: 'oxlint', args: ['--type-aware', '--deny-warnings', '.'] },
  { name: 'format', tool: 'biome', args: ['check', '--max-diagnostics=20', '.'] },
];

/** Runs them side by side, and prints what each found. */
export async function staticChecks() {
  const results = await Promise.all(checks.map(checked));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

/** @param {{ name: string, tool: string, args: readonly string[] }} check */
async function checked({ name, tool: program, args }) {
  const { code, output, tookMs } = await tool(program, args);
  const took = `${(tookMs / 1000).toFixed(1)} s`;
  if (code === 0) console.log(`✓ ${name} (${took})`);
  else console.log(`✗ ${name} (${took}): ${program} ${args.join(' ')}\n${output.trimEnd()}\n`);
  return code === 0;
}
