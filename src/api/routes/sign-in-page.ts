import '@fastify/swagger';
import { everybody } from '../access.ts';
import type { ApiContext } from '../context.ts';

const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Sign in to Rung</title>
<link rel="stylesheet" href="/sign-in.css">
<h1>Rung</h1>
<p id="says" role="status">Signing you in…</p>
<noscript><p>Signing in needs JavaScript.</p></noscript>
<script src="/sign-in.js"></script>
</html>
`;

const style = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 34rem; margin: 20vh auto; padding: 0 1.5rem }
`;

/**
 * The secret is in the fragment, so fetching the page, ahead of time or by a preview, spends nothing: only a page
 * that somebody really looks at sends it.
 */
const script = `'use strict';
const says = document.getElementById('says');
const code = location.hash.slice(1);
history.replaceState(null, '', location.pathname);

async function signIn() {
  if (code === '') return tell('This is where a sign-in link leads. Type "rung open" in a terminal for one.');
  try {
    const answer = await fetch('/api/v1/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'one-time-link', parameters: { code } }),
    });
    if (answer.ok) return location.replace('/');
    const problem = await answer.json();
    tell(problem.detail + ' ' + (problem.wayOut || ''));
  } catch {
    tell('Rung cannot be reached. Is it still running?');
  }
}

function tell(text) {
  says.textContent = text;
}

if (document.prerendering) document.addEventListener('prerenderingchange', signIn, { once: true });
else signIn();
`;

const open = { schema: { hide: true }, config: { access: everybody } };

export function signInPage({ app }: ApiContext): void {
  app.get('/sign-in', open, (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html),
  );
  app.get('/sign-in.css', open, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-store').send(style),
  );
  app.get('/sign-in.js', open, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store').send(script),
  );
}
