import { awsInstances } from '../../aws/instances.ts';

export const instances = { instances: () => awsInstances() };
