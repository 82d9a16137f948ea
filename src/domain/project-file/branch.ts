/** Why this cannot be the name of a branch (git-check-ref-format), as a sentence; null when it can. */
export function branchProblem(name: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name))
    return 'A branch has no space and none of ~ ^ : ? * [ \\ in its name.';
  if (name === '@' || name.length > 200) return 'This is not the name of a branch.';
  if (name.includes('..') || name.includes('@{') || name.endsWith('.')) {
    return 'A branch has no "..", no "@{" and no dot at the end of its name.';
  }
  if (name.startsWith('-')) return 'A branch does not start with a hyphen.';
  const odd = name.split('/').some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock'));
  return odd ? 'No part of a branch is empty, starts with a dot or ends with ".lock".' : null;
}

/** The same for a pattern, in which `*` stands for anything but a slash. */
export function branchPatternProblem(pattern: string): string | null {
  if (pattern === 'rung' || pattern.startsWith('rung/')) {
    return "Branches under rung/ are Rung's own: they say what an environment should run.";
  }
  return branchProblem(pattern.replaceAll('*', 'x'));
}
