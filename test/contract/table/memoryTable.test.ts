import { memoryUnderTest } from './memoryUnderTest.ts';
import { tableContract } from './tableContract.ts';

tableContract(async () => memoryUnderTest(), { crowd: 500 });
