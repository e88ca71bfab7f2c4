import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FUNCTION_NAMES } from './functionNames.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Some libraries are still CommonJS and ask for Node's own modules by `require`, which a module has not. */
const REQUIRE =
  "import{createRequire as bundledRequire}from'node:module';const require=bundledRequire(import.meta.url);";

/**
 * Bundles all functions in one run of esbuild, into one asset: a module for each function, and chunks for what they
 * share (docs/adr/0003). The SDK is bundled too, so that what runs is what was tested.
 * @param directory where the bundle is put; what is there goes
 */
export function bundleFunctions(directory: string): Code {
  // Chunks of an earlier code would stay, and be deployed.
  rmSync(directory, { recursive: true, force: true });
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: FUNCTION_NAMES.map((name) => `lambdas/${name}.ts`),
    outdir: directory,
    bundle: true,
    splitting: true,
    platform: 'node',
    // The local AWS runs functions on the Node that is there.
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: REQUIRE },
    mainFields: ['module', 'main'],
    minify: true,
    // Step Functions retries errors by name.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'error',
  });
  return Code.fromAsset(directory);
}
