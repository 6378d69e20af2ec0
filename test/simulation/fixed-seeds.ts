/** One beyond the others: in it a claim that is settled late meets one that has replaced it, which is rare. */
const lateSettlingSeed = 339;

/** The seeds that every test run simulates, and the steps of each. */
export const fixedSeeds: readonly number[] = [
  ...Array.from({ length: 200 }, (_, index) => index + 1),
  lateSettlingSeed,
];
export const fixedSteps = 14;
