import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { functions } from './functions.ts';

const top = fileURLToPath(new URL('..', import.meta.url));

/** Where the bundle of a function is, once built. */
export function bundlePath(name: string): string {
  return `${top}dist/${name}/index.mjs`;
}

/** Bundles every function for Lambda: one minified ES module each, with its source map and the sizes of its parts. */
export async function buildFunctions(): Promise<
  readonly { readonly name: string; readonly bytes: number }[]
> {
  return Promise.all(
    functions.map(async ({ name, entry }) => {
      const { metafile } = await build({
        entryPoints: [`${top}${entry}`],
        outfile: bundlePath(name),
        bundle: true,
        minify: true,
        sourcemap: true,
        platform: 'node',
        target: 'node24',
        format: 'esm',
        // The ES modules of the SDK leave out the commands that nobody calls.
        mainFields: ['module', 'main'],
        metafile: true,
        logLevel: 'warning',
        // Some dependencies are CommonJS and call require for Node's own modules.
        banner: {
          js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
        },
      });
      await writeFile(`${top}dist/${name}/metafile.json`, JSON.stringify(metafile));
      const bytes = Object.entries(metafile.outputs).find(([path]) => path.endsWith('.mjs'))?.[1].bytes ?? 0;
      return { name, bytes };
    }),
  );
}

if (import.meta.main) {
  for (const { name, bytes } of await buildFunctions()) {
    console.log(`dist/${name}/index.mjs  ${Math.round(bytes / 1024)} kB`);
  }
}
