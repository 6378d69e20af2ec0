// Plain JavaScript, so that any Node can say what is missing; everything else is TypeScript, which Node 24 runs as it is.
import { existsSync } from 'node:fs';

// Both are laid down by `npm ci`, and npm scripts run on the Node that is.
const isInstalled = existsSync(new URL('../node_modules/commander', import.meta.url));

if (isInstalled && process.features.typescript) {
  await import('./main.ts');
} else {
  process.stderr.write('npm start needs what "npm ci" installs, its own Node among it: run npm ci first.\n');
  process.exitCode = 1;
}
