import { builder } from './builder.ts'
import './scalars.ts'
import './types/account.ts'
import './types/account-query.ts'
import './types/definition.ts'
import './types/embed-session.ts'
import './types/explanation.ts'
import './types/ingestion-status.ts'
import './types/metric.ts'
import './types/movement.ts'
import './types/renewals.ts'
import './types/seat-growth.ts'
import './types/strategy-mix.ts'
import './types/viewer.ts'
import './types/waterfall.ts'

/** The executable contract; `schema.graphql` is its printed form. */
export const schema = builder.toSchema()
