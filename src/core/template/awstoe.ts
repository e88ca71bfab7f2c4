import { Document, Scalar, visit } from 'yaml';
import { PHASES } from './step.ts';
import type { Step } from './step.ts';

/** Words that some YAML version reads as something other than a text. */
const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/**
 * An AWSTOE component document (schema version 1.0) of these steps, as YAML: phases in the order build, validate,
 * test, empty ones left out. Scripts stand as literal blocks, everything else is a plain word or quoted, so that old
 * and new YAML readers agree on every byte.
 */
export function renderDocument(name: string, description: string, steps: readonly Step[]): string {
  const document = new Document({
    name,
    description,
    schemaVersion: schemaVersion(),
    phases: PHASES.flatMap((phase) => {
      const own = steps.filter((step) => step.phase === phase);
      return own.length === 0 ? [] : [{ name: phase, steps: own.map(renderStep) }];
    }),
  });
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string') scalar.type = scalarType(scalar.value);
    },
  });
  return document.toString({ lineWidth: 0 });
}

function renderStep({ name, script, timeoutSeconds, maxAttempts }: Step) {
  return {
    name,
    action: 'ExecuteBash',
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    onFailure: 'Abort',
    inputs: { commands: [script] },
  };
}

function schemaVersion(): Scalar {
  const version = new Scalar(1);
  version.minFractionDigits = 1;
  return version;
}

function scalarType(text: string): Scalar.Type {
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(text) && !NOT_TEXT.test(text) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
}
