import { PageTitle } from '../parts/page-title.tsx'
import { useText } from '../preferences.ts'
import { hrefs } from '../route.ts'

export function UnknownPage() {
  const { unknown } = useText()
  return (
    <>
      <PageTitle title={unknown.title}>
        <p>{unknown.hint}</p>
      </PageTitle>
      <a href={hrefs.revenue}>{unknown.home}</a>
    </>
  )
}
