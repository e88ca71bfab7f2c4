import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { inject } from 'vitest';
import { clients, type Credentials } from './clients.ts';

export interface FunctionOptions {
  readonly name: string;
  /** ARN of its role. */
  readonly role: string;
  /** CommonJS that exports `handler`. */
  readonly code: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A Lambda function that can be invoked; answers with its ARN. */
export async function aFunction(
  root: Credentials,
  { name: FunctionName, role: Role, code, environment = {} }: FunctionOptions,
): Promise<string> {
  const { lambda } = clients(root);
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 30,
      Code: { ZipFile: zipped(code) },
      Environment: { Variables: { ...environment } },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10 }, { FunctionName });
  return FunctionArn!;
}

function zipped(code: string): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'auto-ami-'));
  try {
    const [index, zip] = [join(directory, 'index.js'), join(directory, 'code.zip')];
    writeFileSync(index, code);
    execFileSync(inject('localAws').python, ['-m', 'zipfile', '-c', zip, index]);
    return readFileSync(zip);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
