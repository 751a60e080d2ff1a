/** Argument of every question that facts answer. */
export const asOfArg = {
  type: 'DateTime',
  description:
    'Answers with what was known at this instant, which has passed: later corrections do not show. What is known now when missing.',
} as const
