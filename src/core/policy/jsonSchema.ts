import { policyFile } from './keys/policyKeys.ts';
import type { JsonSchema } from './reading/reader.ts';

/** The policy file for editors: JSON Schema (draft 2020-12) from the table that also reads it. */
export function policyJsonSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Auto-AMI policy',
    ...policyFile.schema,
  };
}
