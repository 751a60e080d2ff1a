import type { SeatLanding } from '@nobishiro/sdk'
import { linear } from '../../chart/scale.ts'
import { formatCount, formatMultiple } from '../../format/count.ts'
import type { SeatText } from './seat-words.ts'

/** Where accounts landed and where they are: 3 ●──● 50. On a log scale a line's length is the multiple. */
export function Landings({
  landings,
  text,
  locale,
  onChoose,
}: {
  landings: readonly SeatLanding[]
  text: SeatText
  locale: string
  onChoose: (landing: SeatLanding) => void
}) {
  const seats = landings.flatMap(({ landed, now }) => [landed, now]).map((count) => Math.log(Math.max(1, count)))
  const x = linear([Math.min(...seats), Math.max(...seats, Math.min(...seats) + 1)], [4, 96])
  const place = (count: number) => `${x(Math.log(Math.max(1, count)))}%`
  return (
    <div className="nobishiro-landings">
      <p className="nobishiro-landings-title">{text.seats.landings}</p>
      <ul className="nobishiro-landings-list">
        {landings.map((landing) => {
          const before = formatCount(landing.landed, locale)
          const after = formatCount(landing.now, locale)
          const multiple = formatMultiple(landing.multiple, locale)
          return (
            <li key={landing.account.id} className="nobishiro-landings-item">
              <button type="button" className="nobishiro-landing" onClick={() => onChoose(landing)}>
                <span className="nobishiro-landing-name">{text.account(landing.account.name)}</span>
                <svg className="nobishiro-svg nobishiro-landing-strip" width="100%" height={14} aria-hidden="true">
                  <line
                    className="nobishiro-svg-line-dumbbell"
                    x1={place(landing.landed)}
                    x2={place(landing.now)}
                    y1={7}
                    y2={7}
                  />
                  <circle
                    className="nobishiro-svg-mark nobishiro-svg-open-dot"
                    cx={place(landing.landed)}
                    cy={7}
                    r={4}
                  />
                  <circle className="nobishiro-svg-mark nobishiro-svg-accent" cx={place(landing.now)} cy={7} r={4.5} />
                </svg>
                <span className="nobishiro-landing-numbers">
                  {text.seats.landing(before, after)}
                  <span className="nobishiro-hidden">{` ${text.seats.title} `}</span>
                </span>
                <span className="nobishiro-landing-multiple">{multiple}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
