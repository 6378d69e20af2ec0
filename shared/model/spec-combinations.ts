import { addressCombinationProblems } from './address-combinations.ts';
import { recordCombinationProblems } from './record-combinations.ts';
import { recordPairProblems } from './record-pairs.ts';
import type { CombinationProblem, SpecParts } from './spec-parts.ts';

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

function wholeProblems({ addresses, records, election, vacant }: SpecParts): readonly CombinationProblem[] {
  const problems: CombinationProblem[] = [];
  if (addresses.length === 0 && records.length === 0) {
    problems.push({
      path: [],
      message: 'must have at least one address or record',
      input: { addresses, records },
    });
  }
  if (election.failback && election.prefer === 'incumbent') {
    problems.push({
      path: ['election', 'failback'],
      message:
        'must be false with prefer: incumbent, which never gives a role back; prefer priority, newest or oldest',
      input: true,
    });
  }
  if (vacant === 'park' && records.every(({ parking }) => parking === undefined)) {
    problems.push({
      path: ['vacant'],
      message: 'must be keep unless a record has a parking value to answer',
      input: vacant,
    });
  }
  return problems;
}
