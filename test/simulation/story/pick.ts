import type { Random } from '../../../localcloud/core/random.ts';

export function pick<One>(random: Random, all: readonly One[]): One {
  const one = all[random.integer(all.length)];
  if (one === undefined) throw new Error('there is nothing to pick from');
  return one;
}

/** One of several, each as often as its weight says. */
export function pickWeighted<One>(random: Random, all: readonly (readonly [number, One])[]): One {
  let rest = random.next() * all.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, one] of all) {
    rest -= weight;
    if (rest < 0) return one;
  }
  throw new Error('there is nothing to pick from');
}
