import type { Random } from '../../../localcloud/core/random.ts';
import { pick } from './pick.ts';
import type { Storm } from './story.ts';

type Chances = Storm['chances'];

const crashes: Chances = { 'crash-before': 0.03, 'crash-after': 0.03 };
const network: Chances = { reset: 0.04, 'answer-lost': 0.05, throttle: 0.05, 'internal-error': 0.02 };
const standstills: Chances = { stall: 0.04, freeze: 0.03 };
const deliveries: Chances = { drop: 0.12, duplicate: 0.15, late: 0.15, 'hours-late': 0.03 };

/** What the weather of a story may be. */
const climates: readonly Chances[] = [
  {},
  crashes,
  network,
  standstills,
  deliveries,
  { ...crashes, ...deliveries },
  { ...standstills, ...network },
  { ...crashes, ...network, ...standstills, ...deliveries },
];

/** Some faults now and then, or all over the story; never so many that nothing gets done. */
export function generateStorms(random: Random, endMs: number): readonly Storm[] {
  if (random.integer(3) > 0) return [{ fromMs: 0, untilMs: endMs, chances: pick(random, climates) }];
  const storms: Storm[] = [];
  for (let fromMs = 0; fromMs < endMs; ) {
    const untilMs = fromMs + 60_000 + random.integer(180_000);
    storms.push({ fromMs, untilMs, chances: pick(random, climates) });
    fromMs = untilMs + random.integer(60_000);
  }
  return storms;
}
