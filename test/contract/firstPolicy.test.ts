import { memoryFirstPolicy } from '../../src/memory/memoryFirstPolicy.ts';
import { firstPolicyContract } from './firstPolicy.ts';

firstPolicyContract(async (text) => memoryFirstPolicy(text));
