/** Prints every signal it gets, and ends with 7 when its input says so. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => console.log(signal));
process.stdin.on('data', () => process.exit(7));
console.log('ready');
