import { anAccount } from '../../local/aws/clients.ts';
import { dynamoUnderTest } from './dynamoUnderTest.ts';
import { tableContract } from './tableContract.ts';

tableContract(dynamoUnderTest(anAccount().root), { crowd: 500 });
