import { handler } from '../../../functions/resync/handler.ts';
import { aContext } from '../../builders/lambda.ts';
import type { ResyncMemory } from './resync-memory.ts';

/** A process of its own for one pass of the resync, with the clients and the environment of the deployed function. */
const sampleIntervalMs = 20;
/** Time is not what is measured: a pass over all of the world, however slow the machine. */
const remainingMs = 3_600_000;

let heapBytes = 0;
const sampler = setInterval(() => {
  heapBytes = Math.max(heapBytes, process.memoryUsage().heapUsed);
}, sampleIntervalMs);
const { outcomes, resumesAfter } = await handler({}, aContext(remainingMs));
clearInterval(sampler);
if (resumesAfter !== null) throw new Error(`the pass stopped after ${resumesAfter}`);
const { maxRSS } = process.resourceUsage();
const message: ResyncMemory = { heapBytes, residentBytes: maxRSS * 1_024, outcomes };
process.send?.(message);
process.disconnect();
