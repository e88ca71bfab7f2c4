import { awsImageBuilder } from '../../aws/imageBuilder.ts';

/** EC2 Image Builder, in every region. */
export const imageBuilder = { imageBuilder: () => awsImageBuilder() };
