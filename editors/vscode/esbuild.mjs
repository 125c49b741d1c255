// Bundles the extension into out/extension.js: one file, so that it starts fast. --minify for the package, --watch while
// writing.
import { context } from 'esbuild';

const minify = process.argv.includes('--minify');
const build = await context({
  entryPoints: ['src/extension.ts'],
  outfile: 'out/extension.js',
  bundle: true,
  external: ['vscode'],
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify,
  sourcemap: !minify,
  logLevel: 'warning',
});
if (process.argv.includes('--watch')) {
  await build.watch();
} else {
  await build.rebuild();
  await build.dispose();
}
