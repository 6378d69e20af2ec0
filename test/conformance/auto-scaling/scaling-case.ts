import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import { motoDivergence } from './moto-divergences.ts';

/** A conformance case of Auto Scaling, with what is known of moto. */
export function scalingCase(name: string, source: string, run: (target: Target) => Promise<void>): void {
  const moto = motoDivergence(name);
  conformanceCase(name, { source, ...(moto !== undefined && { divergences: { moto } }) }, run);
}
