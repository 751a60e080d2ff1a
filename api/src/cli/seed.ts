import type { Database } from '@nobishiro/prisma'
import type { House } from './house.ts'

export const DEMO_TENANT = 'demo'
const DAY_MS = 86_400_000

/** Delivers the demo tenant's history, saying how far it is. */
export async function seed({ err, clock }: House, db: Database): Promise<void> {
  const { seedDemo } = await import('../simulator/seed-demo.ts')
  let said = -1
  await seedDemo(db, {
    clock,
    onProgress: ({ done, total }) => {
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100)
      if (percent < 100 && percent < said + 10) return
      said = percent
      err.write(
        err.isTTY
          ? `\r\u001b[2KDelivering the demo tenant's events: ${percent} %${percent === 100 ? '\n' : ''}`
          : `Delivering the demo tenant's events: ${percent} %\n`,
      )
    },
  })
}

/** How far the demo tenant's history reaches: whole days ago, or undefined when it was never delivered to its end. */
export async function demoAge({ clock }: House, db: Database): Promise<number | undefined> {
  const source = await db.withTenant({ tenantId: DEMO_TENANT, viewer: 'TENANT' }, (tx) =>
    tx.source.findFirst({ where: { tenantId: DEMO_TENANT, through: { not: null } }, select: { through: true } }),
  )
  return source?.through ? Math.floor((clock().getTime() - source.through.getTime()) / DAY_MS) : undefined
}
