/** What is checked: the promises that every run is measured by, in words for people, by the names of the checks. */
export const laws = {
  'one holder per slot and generation':
    'A generation of a slot has one holder, ever; it grows one by one and never goes back.',
  'no call is begun for a superseded claim':
    'Who moves something has claimed its role, and begins no call once another has. Calls under way by then, for which AWS has no fence, are counted and have to be repaired.',
  'only an authorised, running candidate is given a role':
    'A new holder was running, asked for the role and was allowed to have it, as the world really was.',
  'termination is believed':
    'Who was told of the end of an instance gives it no role, whatever Describe still shows.',
  'no name is ever recordless': 'A name that a spec wants and that once had a record always has one.',
  'nothing foreign is touched': 'What no role wrote, or somebody else took over, stays as it is.',
  'what failed is reported': 'A function that logged an error does not end as if all were well.',
  'no wake-up is lost': 'Who leaves a role to the owner of its lease has told it; and the owner looks again.',
  'what events told is known': 'What only an event tells, and a function took, is remembered.',
  'nothing is begun shortly before the deadline':
    'A function claims nothing that Lambda may not let it finish.',
  converges:
    'Once faults stop, within four passes every role is held by whom election names, with its addresses and records.',
  'hooks are answered': 'No instance waits at a lifecycle hook for an answer that could be given.',
  'zero writes in a converged world': 'Two passes in a row over it write nothing at all.',
  'history tells the truth': 'The moves of each slot form one chain without gaps, up to whoever holds it.',
} as const;

/** The name of a check. */
export type LawName = keyof typeof laws;
export const lawNames = Object.keys(laws) as readonly LawName[];
