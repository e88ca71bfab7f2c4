import { App } from 'aws-cdk-lib';
import { join } from 'node:path';
import { bundleFunctions } from '../lib/bundleFunctions.ts';
import { ConfigurationError } from '../lib/configuration/configuration.ts';
import { DEFAULT_CONFIGURATION_FILE, loadConfiguration } from '../lib/configuration/loadConfiguration.ts';
import { stacks } from '../lib/stacks.ts';
import { parsePolicy } from '../src/core/policy/parsePolicy.ts';
import { problemInWords, warningInWords } from '../src/core/policy/problem.ts';

const app = new App();
const given: unknown = app.node.tryGetContext('config') ?? process.env['AUTO_AMI_CONFIG'];

try {
  const loaded = loadConfiguration(
    typeof given === 'string' ? given : DEFAULT_CONFIGURATION_FILE,
    process.cwd(),
    policyProblems,
  );
  stacks(app, loaded, bundleFunctions(join(app.outdir, 'functions')));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  // Nothing is synthesized, and a stack trace would bury what is wrong.
  console.error(error.message);
  process.exit(1);
}

function policyProblems(text: string, source: string): string[] {
  const parsed = parsePolicy(text, { source });
  if (!parsed.ok) return parsed.problems.map(problemInWords);
  for (const warning of parsed.warnings) console.error(`Warning: ${warningInWords(warning)}`);
  return [];
}
