import { randomUUID } from 'node:crypto';
import type { ImageStatus } from '../resources/images.ts';
import type { StoredImage } from '../resources/store.ts';

/** `state.failureContext` of the service model of 2026, which the pinned SDK's types do not name yet. */
export interface FailureContext {
  readonly imageStatus: ImageStatus;
  readonly workflowExecutionId: string;
  readonly workflowArn: string;
  readonly stepExecutionId: string;
  readonly failedStep: string;
  readonly componentFailure?: {
    readonly componentArn: string;
    readonly phaseName: string;
    readonly stepName: string;
    readonly action: string;
    readonly errorMessage: string;
  };
  readonly distributionFailure?: {
    readonly errorMessage: string;
    readonly regionFailures: readonly {
      readonly region: string;
      readonly status: 'FAILED';
      readonly errorMessage: string;
    }[];
  };
}

/** Ends a build in FAILED, with the reason the API shows. */
export class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
  readonly context: FailureContext;

  constructor(reason: string, context: FailureContext) {
    super(`Workflow Execution ID: '${context.workflowExecutionId}' failed with reason: ${reason}`);
    this.context = context;
  }
}

type FailingStatus = 'BUILDING' | 'TESTING' | 'DISTRIBUTING' | 'INTEGRATING';

/** The workflow and the step of it in which a build fails, by status. */
const WORKFLOW: Readonly<Record<FailingStatus, { readonly name: string; readonly step: string }>> = {
  BUILDING: { name: 'build/build-image', step: 'ApplyBuildComponents' },
  TESTING: { name: 'test/test-image', step: 'ApplyTestComponents' },
  DISTRIBUTING: { name: 'distribution/distribute-image', step: 'DistributeImage' },
  INTEGRATING: { name: 'distribution/distribute-image', step: 'ApplyImageConfigurations' },
};

const contextOf = (status: FailingStatus, region: string, step?: string): FailureContext => ({
  imageStatus: status,
  workflowExecutionId: `wf-${randomUUID()}`,
  workflowArn: `arn:aws:imagebuilder:${region}:aws:workflow/${WORKFLOW[status].name}/1.0.0/1`,
  stepExecutionId: `step-${randomUUID()}`,
  failedStep: step ?? WORKFLOW[status].step,
});

/** The instance could not be launched: EC2's sentence is the reason. */
export const launchFailed = (region: string, reason: string): BuildFailure =>
  new BuildFailure(reason, contextOf('BUILDING', region, 'LaunchBuildInstance'));

/** A component's step failed on the build or test instance. */
export function componentFailed(
  status: 'BUILDING' | 'TESTING',
  { components }: StoredImage,
  region: string,
  reason?: string,
): BuildFailure {
  const phases = status === 'TESTING' ? ['test'] : ['build', 'validate'];
  const steps = components.flatMap(({ arn, document }) => document.steps.map((step) => ({ arn, step })));
  const failed = steps.find(({ step }) => phases.includes(step.phase));
  const context = contextOf(status, region);
  if (failed === undefined) return new BuildFailure(reason ?? 'SSM Agent verification failed', context);
  const { arn, step } = failed;
  const sentence = reason ?? `Document ${arn} failed!`;
  return new BuildFailure(sentence, {
    ...context,
    componentFailure: {
      componentArn: arn,
      phaseName: step.phase,
      stepName: step.name,
      action: step.action,
      errorMessage: sentence,
    },
  });
}

/** An AMI could not be made, or a parameter not be written, in one region. */
export const distributionFailed = (
  status: 'DISTRIBUTING' | 'INTEGRATING',
  buildRegion: string,
  region: string,
  reason: string,
): BuildFailure =>
  new BuildFailure(reason, {
    ...contextOf(status, buildRegion),
    distributionFailure: {
      errorMessage: reason,
      regionFailures: [{ region, status: 'FAILED', errorMessage: reason }],
    },
  });
