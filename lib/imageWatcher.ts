import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { EVENT_SOURCE, EVENTS, HINTS, IMAGE_BUILDER_PREFIX } from '../src/contract.ts';
import { CLOSED_STATUSES } from '../src/core/builds/regionBuild.ts';
import type { CompileTemplate } from './compileTemplate.ts';
import type { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import type { ImageBuilderAccess } from './imageBuilderAccess.ts';
import { LoopFunction } from './loopFunction.ts';
import type { StateTable } from './stateTable.ts';

export interface ImageWatcherProps {
  readonly house: House;
  readonly table: StateTable;
  readonly imageBuilder: ImageBuilderAccess;
  readonly compileTemplate: CompileTemplate;
  readonly deadLetters: DeadLetters;
}

/** Resumes a build when its image ends; looks once when the wait begins, since the event may have come first. */
export class ImageWatcher extends Construct {
  constructor(scope: Construct, id: string, props: ImageWatcherProps) {
    super(scope, id);
    const resume = new LoopFunction(this, 'ResumeBuild', {
      house: props.house,
      name: 'resume-build',
      description: 'Follows an image of ours, and resumes its build when it ends',
      deadLetters: props.deadLetters,
    });
    props.table.grantReadWrite(resume);
    props.imageBuilder.grantLook(resume);
    props.compileTemplate.grantResume(resume);
    resume.onEvent(
      'ImageChanged',
      'An image of ours changed its state, in any region',
      imageStateChanges(this),
    );
    resume.onEvent('ImageAwaited', 'An execution began to wait for an image', {
      source: [EVENT_SOURCE],
      detailType: [HINTS.IMAGE_AWAITED],
    });
    resume.onEvent('BuildClosed', 'A region build ended without an image: its execution waits for nothing', {
      source: [EVENT_SOURCE],
      detailType: [EVENTS.BUILD_FINISHED],
      detail: { status: CLOSED_STATUSES.filter((status) => status !== 'succeeded') },
    });
  }
}

/** Image Builder's events carry the image's ARN; without its prefix every pipeline of the account would call us. */
export function imageStateChanges(scope: Construct) {
  const { partition, account } = Stack.of(scope);
  return {
    source: ['aws.imagebuilder'],
    detailType: ['EC2 Image Builder Image State Change'],
    resources: Match.wildcard(`arn:${partition}:imagebuilder:*:${account}:image/${IMAGE_BUILDER_PREFIX}*`),
  };
}
