import { lookAtClock } from './clock.ts'
import { lookAtContrast } from './contrast.ts'
import type { Embed, Finding } from './finding.ts'
import { lookAtPage } from './page.ts'
import { lookAtServer } from './server.ts'
import { lookAtSession } from './session.ts'

/** Everything that keeps an embed from working, as far as it can be seen from outside. */
export async function diagnose(embed: Embed): Promise<Finding[]> {
  const { findings, live } = await lookAtServer(embed)
  return [
    ...findings,
    ...(live ? [lookAtClock(live, embed.now()), ...(await lookAtSession(embed))] : []),
    ...(await lookAtPage(embed)),
    ...lookAtContrast(embed),
  ]
}
