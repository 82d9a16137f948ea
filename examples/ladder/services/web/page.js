const hues = [210, 150, 20, 280];

/** The shop's main page. Its colour follows from the version, so that one sees which one answered. */
export function page(version) {
  const minor = Number(version.split('.')[1] ?? 0);
  const hue = hues[minor % hues.length];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Ladder ${version}</title>
    <style>
      :root { color-scheme: light dark; }
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 18px/1.5 system-ui, sans-serif;
        background: hsl(${hue} 45% 92%); color: hsl(${hue} 40% 18%); }
      main { text-align: center; padding: 2rem; }
      strong { display: block; font-size: 4.5rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
      @media (prefers-color-scheme: dark) { body { background: hsl(${hue} 35% 14%); color: hsl(${hue} 45% 88%); } }
    </style>
  </head>
  <body>
    <main>
      <p>The ladder shop, version</p>
      <strong>${version}</strong>
      <p>Reload the page during a canary, and now and then another version answers.</p>
    </main>
  </body>
</html>
`;
}
