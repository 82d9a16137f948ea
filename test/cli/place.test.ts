import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlace } from '../../src/cli/find/place.ts';
import { temporaryFolder } from './terminal.ts';

async function dataFolder(address: string, token: string | null = 'laptop-token'): Promise<string> {
  const root = await temporaryFolder();
  const folder = join(root, '.rung');
  await mkdir(join(folder, 'run'), { recursive: true });
  await mkdir(join(folder, 'control'));
  await writeFile(join(folder, 'run', 'address.json'), address);
  if (token !== null) await writeFile(join(folder, 'control', 'cli-token'), `${token}\n`, { mode: 0o600 });
  return root;
}

const here = JSON.stringify({ url: 'http://127.0.0.1:4100/', project: 'access' });

describe('where the control plane is', () => {
  it('is found from the nearest .rung folder upwards, with the token of this machine', async () => {
    const root = await dataFolder(here);
    await mkdir(join(root, 'services', 'web'), { recursive: true });
    expect(await findPlace({}, { env: {}, cwd: join(root, 'services', 'web') })).toEqual({
      url: 'http://127.0.0.1:4100',
      project: 'access',
      token: 'laptop-token',
      actAs: null,
    });
  });

  it('is found from --data before RUNG_DATA', async () => {
    const [one, other] = [await dataFolder(here), await dataFolder(here, 'other-token')];
    const around = { env: { RUNG_DATA: join(one, '.rung') }, cwd: '/' };
    expect(await findPlace({}, around)).toMatchObject({ token: 'laptop-token' });
    expect(await findPlace({ data: join(other, '.rung') }, around)).toMatchObject({ token: 'other-token' });
  });

  it('is what --url says, to which the token of this machine never goes', async () => {
    const root = await dataFolder(here);
    const around = { env: {}, cwd: root };
    expect(await findPlace({ url: 'https://rung.example.org' }, around)).toEqual({
      url: 'https://rung.example.org',
      project: null,
      token: null,
      actAs: null,
    });
  });

  it('takes a token from RUNG_TOKEN, and from a file before that', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'token'), 'rung_from-file\n');
    const around = { env: { RUNG_URL: 'https://rung.example.org', RUNG_TOKEN: 'rung_from-env' }, cwd: root };
    expect(await findPlace({}, around)).toMatchObject({ token: 'rung_from-env' });
    expect(await findPlace({ tokenFile: 'token' }, around)).toMatchObject({ token: 'rung_from-file' });
  });

  it('sends no token without encryption, but to this machine', async () => {
    const around = { env: { RUNG_TOKEN: 'rung_x' }, cwd: '/' };
    await expect(findPlace({ url: 'http://rung.example.org' }, around)).rejects.toMatchObject({
      code: 'url-unsafe',
    });
    await expect(findPlace({ url: 'https://ada:pw@rung.example.org' }, around)).rejects.toMatchObject({
      code: 'url-unsafe',
    });
    expect(await findPlace({ url: 'http://[::1]:80' }, around)).toMatchObject({ token: 'rung_x' });
    await expect(findPlace({ url: 'rung.example.org' }, around)).rejects.toMatchObject({
      code: 'url-invalid',
    });
  });

  it('is never another machine because a data folder says so', async () => {
    const root = await dataFolder(JSON.stringify({ url: 'http://evil.example.org', project: 'x' }));
    await expect(findPlace({}, { env: {}, cwd: root })).rejects.toMatchObject({ code: 'address-unusable' });
  });

  it('follows no link to a token', async () => {
    const root = await dataFolder(here, null);
    await writeFile(join(root, 'secret'), 'private');
    await symlink(join(root, 'secret'), join(root, '.rung', 'control', 'cli-token'));
    await expect(findPlace({}, { env: {}, cwd: root })).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('says what to do where nothing runs, and where there is no folder at all', async () => {
    const root = await temporaryFolder();
    await expect(findPlace({}, { env: {}, cwd: root })).rejects.toMatchObject({
      code: 'data-folder-unknown',
    });
    await mkdir(join(root, '.rung'));
    await expect(findPlace({}, { env: {}, cwd: root })).rejects.toMatchObject({ code: 'not-running' });
  });
});
