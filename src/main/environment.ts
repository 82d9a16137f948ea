const passed = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'] as const;

/** What of our own environment the programs we start may see: nothing that could be a secret. */
export const programEnvironment = (): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
