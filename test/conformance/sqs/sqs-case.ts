import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import { motoDivergences } from './moto-divergences.ts';

/** A conformance case of SQS, with what is known of moto. */
export function sqsCase(name: string, source: string, run: (target: Target) => Promise<void>): void {
  const moto = motoDivergences.get(name);
  conformanceCase(name, { source, ...(moto !== undefined && { divergences: { moto } }) }, run);
}
