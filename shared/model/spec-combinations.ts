import { addressCombinationProblems } from './address-combinations.ts';
import { recordCombinationProblems } from './record-combinations.ts';
import { recordPairProblems } from './record-pairs.ts';
import type { CombinationProblem, SpecParts } from './spec-parts.ts';

/**
 * Addresses and records over all slots. The state of a role is one item of 400 KB at the most, and of each it keeps what was
 * written and, while a claim is open, what is meant: 250 bytes and twice 300, for the usual ones.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const partsMax = 400;

/**
 * Everything in a spec that is well written and could never work: told when the spec is applied, not at the failover. What
 * only AWS knows (that a zone exists, that an interface carries an Elastic IP) is told elsewhere.
 */
export function specCombinationProblems(spec: SpecParts): readonly CombinationProblem[] {
  return [
    ...wholeProblems(spec),
    ...addressCombinationProblems(spec),
    ...recordCombinationProblems(spec),
    ...recordPairProblems(spec),
  ];
}

function wholeProblems({
  slots,
  addresses,
  records,
  election,
  vacant,
}: SpecParts): readonly CombinationProblem[] {
  const problems: CombinationProblem[] = [];
  if (addresses.length === 0 && records.length === 0) {
    problems.push({ path: [], message: 'must have at least one address or record' });
  }
  if (slots * (addresses.length + records.length) > partsMax) {
    problems.push({
      path: ['slots'],
      message: `must be so few that all slots together have at most ${partsMax} addresses and records`,
    });
  }
  if (election.failback && election.prefer === 'incumbent') {
    problems.push({
      path: ['election', 'failback'],
      message:
        'must be false with prefer: incumbent, which never gives a role back; prefer priority, newest or oldest',
    });
  }
  if (vacant === 'park' && records.every(({ parking }) => parking === undefined)) {
    problems.push({
      path: ['vacant'],
      message: 'must be keep unless a record has a parking value to answer',
    });
  }
  return problems;
}
