import { ARCHITECTURES } from '../words.ts';
import type { Architecture } from '../words.ts';
import { knownFields } from './knownFields.ts';
import { AMI_ID } from './names.ts';
import { readBlock, readLine, readName } from './readValues.ts';
import type { AmiConfig } from './template.ts';
import { fields } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/** `ami_config:`: the ready-made images of a template of package manager `ami`. The rest of the block is kept as it is. */
export function readAmiConfig(at: Cursor | undefined): AmiConfig | undefined {
  if (at === undefined) return undefined;
  const given = knownFields(at, ['amis', 'ssh_user', 'user_data_script'], 'keep');
  const sshUser = given.ssh_user === undefined ? undefined : readLine(given.ssh_user, 'a user name');
  const script =
    given.user_data_script === undefined ? undefined : readBlock(given.user_data_script, 'a shell script');
  return {
    amis: readAmis(given.amis),
    ...(sshUser === undefined ? {} : { sshUser }),
    ...(script === undefined ? {} : { userDataScript: script }),
  };
}

function readAmis(at: Cursor | undefined): AmiConfig['amis'] {
  if (at === undefined) return {};
  return Object.fromEntries(
    [...fields(at)].map(([region, value]) => {
      const images: Partial<Record<Architecture, string>> = {};
      for (const [name, image] of Object.entries(knownFields(value, ARCHITECTURES, 'tell'))) {
        const architecture = ARCHITECTURES.find((candidate) => candidate === name);
        const id = readName(image, AMI_ID);
        if (architecture !== undefined && id !== undefined) images[architecture] = id;
      }
      return [region, images];
    }),
  );
}
