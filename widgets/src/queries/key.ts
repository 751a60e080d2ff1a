/** Keys of the private query cache: the operation and its variables. */
export const queryKey = (operation: string, variables: object) => ['nobishiro', operation, variables] as const
