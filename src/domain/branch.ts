/** Whether a branch is meant by a pattern of the project file: `*` stands for anything but a slash. */
export function matchesBranch(pattern: string, branch: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^/]*')}$`, 'u').test(branch);
}
