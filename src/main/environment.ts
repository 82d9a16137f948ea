const passed = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'] as const;

/** What of our own environment the programs we start may see: nothing that could be a secret. */
export const programEnvironment = (): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );

/** The user's own database, where one is named. Taken out, so that no program we start is handed its password. */
export function takeDatabaseUrl(): string | undefined {
  const url = process.env['DATABASE_URL'];
  delete process.env['DATABASE_URL'];
  return url === '' ? undefined : url;
}
