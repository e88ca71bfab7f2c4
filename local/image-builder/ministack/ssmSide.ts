import { GetParameterCommand, ParameterNotFound, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { SsmSide } from '../sides.ts';
import type { AwsClients } from './awsClients.ts';

export const ssmSide = (clients: AwsClients): SsmSide => ({
  async get(place, name) {
    try {
      const { Parameter } = await clients.ssm(place).send(new GetParameterCommand({ Name: name }));
      return Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  },
  async put(place, { name, value, dataType }) {
    await clients.ssm(place).send(
      new PutParameterCommand({
        Name: name,
        Value: value,
        DataType: dataType,
        Type: 'String',
        Overwrite: true,
      }),
    );
  },
});
