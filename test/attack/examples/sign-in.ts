import { codeOf } from '../../api/stage.ts';
import type { Example } from './sample.ts';

/** What is not of a project. */
export const signInExamples: Readonly<Record<string, Example>> = {
  'GET /healthz': () => ({ path: '//healthz' }),
  'GET /readyz': () => ({ path: '//readyz' }),
  'GET /metrics': () => ({ path: '//metrics' }),
  'GET /api/openapi.json': () => ({ path: '//api/openapi.json' }),
  'GET /sign-in': () => ({ path: '//sign-in' }),
  'GET /sign-in.css': () => ({ path: '//sign-in.css' }),
  'GET /sign-in.js': () => ({ path: '//sign-in.js' }),
  listSignInMethods: () => ({ path: '//api/v1/sign-in/methods' }),
  signIn: async ({ stage: { api } }) => ({
    path: '//api/v1/sign-in',
    body: { method: 'one-time-link', parameters: { code: await codeOf(api) } },
  }),
  createSignInLink: () => ({ path: '//api/v1/sign-in/links' }),
  getMe: () => ({ path: '//api/v1/me' }),
  actAs: () => ({ path: '//api/v1/me/act-as', body: { member: null } }),
  signOut: () => ({ path: '//api/v1/sign-out' }),
  listProjects: () => ({ path: '//api/v1/projects' }),
};
