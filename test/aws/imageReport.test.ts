import { expect, test } from 'vitest';
import { imageBuilderArn, parseImageArn } from '../../src/aws/image-builder/arns.ts';
import { imageReport } from '../../src/aws/image-builder/imageReport.ts';

const ARN = 'arn:aws:imagebuilder:us-east-1:111122223333:image/auto-ami-python-ml-x86-64/1.2.3/4';

test('the AMI is that of the region, whatever was copied elsewhere', () => {
  const amis = [
    { region: 'us-west-2', image: 'ami-0000000000000000b' },
    { region: 'us-east-1', image: 'ami-0000000000000000a' },
  ];
  const image = { state: { status: 'AVAILABLE' as const }, outputResources: { amis } };
  expect(imageReport('us-east-1', ARN, image)).toEqual({
    arn: ARN,
    status: 'AVAILABLE',
    amiId: 'ami-0000000000000000a',
    log: '/aws/imagebuilder/auto-ami-python-ml-x86-64:1.2.3/4',
  });
  expect(imageReport('eu-west-1', ARN, image).amiId).toBeUndefined();
});

test('an answer of which everything is missing is an image that has not begun', () => {
  expect(imageReport('us-east-1', ARN, {})).toMatchObject({ arn: ARN, status: 'PENDING' });
});

test('a log group of its own is where the log is', () => {
  const image = { loggingConfiguration: { logGroupName: '/images/ours' } };
  expect(imageReport('us-east-1', ARN, image).log).toBe('/images/ours:1.2.3/4');
});

test('ARNs are made in the partition of their region', () => {
  const place = { region: 'us-gov-west-1', account: '111122223333' };
  expect(imageBuilderArn(place, 'component', 'auto-ami-a', '1.0.0')).toBe(
    'arn:aws-us-gov:imagebuilder:us-gov-west-1:111122223333:component/auto-ami-a/1.0.0',
  );
  expect(parseImageArn(ARN)).toEqual({ recipe: 'auto-ami-python-ml-x86-64', version: '1.2.3', build: '4' });
  expect(parseImageArn('arn:aws:imagebuilder:us-east-1:111122223333:image/a/1.2.3')).toBeUndefined();
});
