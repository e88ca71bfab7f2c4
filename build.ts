import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the command line. What only some commands need (the AWS SDK, the policy's parser) goes into files of its
 * own, read when it is needed: `cws --help` reads a twentieth of the whole.
 * @param outdir emptied first
 * @returns the path of the executable
 */
export async function buildCws(outdir: string): Promise<string> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: { cws: join(import.meta.dirname, 'bin/cws.ts') },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The SDK's ES modules: a CommonJS one that is loaded when it is needed would be a chunk without its names.
    mainFields: ['module', 'main'],
    chunkNames: 'chunks/[name]-[hash]',
    minify: true,
    // Bundled CommonJS packages ask for node's own modules by `require`, which ES modules do not have.
    banner: {
      js: "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const executable = join(outdir, 'cws.js');
  await chmod(executable, 0o755);
  return executable;
}

if (process.argv[1] === import.meta.filename) await buildCws('dist');
