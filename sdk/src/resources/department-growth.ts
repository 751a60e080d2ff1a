import { DepartmentGrowthDocument, type DepartmentGrowthQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { DepartmentGrowth } from '../types.ts'

/** Who of the accounts under one parent pays, over time. Beside the client, so that only who asks for it loads it: `departmentGrowthOf(client, { first: 10 })`. */
export const departmentGrowthOf = async (
  { query }: { query: Query },
  variables?: DepartmentGrowthQueryVariables,
  options?: RequestOptions,
): Promise<DepartmentGrowth> => (await query(DepartmentGrowthDocument, variables, options)).departmentGrowth
