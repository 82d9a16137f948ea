/**
 * For programs that keep others running: that nobody reads any more what they print, a closed pipe or terminal, is
 * no reason to stop in the middle of anything.
 */
export function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) {
    output.removeAllListeners('error');
    output.on('error', () => undefined);
  }
}
