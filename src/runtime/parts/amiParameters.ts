import { awsAmiParameters } from '../../aws/amiParameters.ts';

/** Where the ids of the active AMIs are published. */
export const amiParameters = { amiParameters: () => awsAmiParameters() };
