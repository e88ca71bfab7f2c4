import { parse } from 'yaml';
import type { ComponentSpec } from '../../../src/core/template/packComponents.ts';
import { ALL_WELL, rehearse } from './bash.ts';
import type { BashResult, Call } from './bash.ts';

export interface AwstoeStep {
  readonly name: string;
  readonly action: string;
  readonly onFailure: string;
  readonly maxAttempts?: number;
  readonly timeoutSeconds?: number;
  readonly inputs: { readonly commands: readonly string[] };
}

export interface AwstoeDocument {
  readonly name: string;
  readonly schemaVersion: number;
  readonly phases: readonly { readonly name: string; readonly steps: readonly AwstoeStep[] }[];
}

export const documents = (components: readonly ComponentSpec[]) =>
  components.map(({ data }) => parse(data) as AwstoeDocument);

/** All steps of all components, in order, each with its phase and its script. */
export const stepsOf = (components: readonly ComponentSpec[]) =>
  documents(components).flatMap(({ phases }) =>
    phases.flatMap((phase) =>
      phase.steps.map((step) => ({ phase: phase.name, ...step, script: step.inputs.commands.join('\n') })),
    ),
  );

export interface Rehearsal {
  readonly step: string;
  readonly result: BashResult;
  readonly calls: readonly Call[];
}

/** Rehearses every step of the components; users and groups do not exist until they are made. */
export function rehearseSteps(components: readonly ComponentSpec[]): readonly Rehearsal[] {
  return stepsOf(components).map(({ name, script }) => ({
    step: name,
    ...rehearse(script, name === 'CreateUsers' ? [...ALL_WELL, 'id', 'getent'] : ALL_WELL),
  }));
}
