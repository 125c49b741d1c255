// Bundles a source file of the extension for a test, with a stand-in for the module `vscode`, which only an editor has.
import { build } from 'esbuild';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bundles src/<name>.ts and gives what it exports; code is what `vscode` is, as CommonJS. */
export async function load(name, code = 'module.exports = {}') {
  const outfile = join(mkdtempSync(join(tmpdir(), 'etamil-')), `${name}.cjs`);
  await build({
    entryPoints: [new URL(`../src/${name}.ts`, import.meta.url).pathname],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    logLevel: 'warning',
    plugins: [
      {
        name: 'vscode',
        setup(plugin) {
          plugin.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'stand-in' }));
          plugin.onLoad({ filter: /.*/, namespace: 'stand-in' }, () => ({ contents: code, loader: 'js' }));
        },
      },
    ],
  });
  return createRequire(import.meta.url)(outfile);
}
