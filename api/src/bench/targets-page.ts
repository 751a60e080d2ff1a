import type { Measured } from './bench-of.ts'
import { type Figure, isMet, ratioOf, spellAmount, spellRatio, spellTarget } from './figure.ts'
import type { Machine } from './machine.ts'

/** One bench as it was run, and what it found. */
export type Run = { command: string; seconds: number } & Pick<Measured, 'figures' | 'scale'>

/** The page of docs: every figure beside its baseline and its target, why some are missed, and what was run where. */
export function targetsPage(runs: readonly Run[], machine: Machine, day: string): string {
  const figures = runs.flatMap((run) => run.figures)
  const missed = figures.filter((figure) => !isMet(figure))
  const { cores, processor, memoryGb, node, postgresql, load } = machine
  return [
    '# Benchmarks',
    'Written by `pnpm bench`; not edited by hand. Each figure stands beside a baseline of the same run, and answers are compared before any time is told. Ratios travel between machines, absolute figures do not. What is measured how: [bench](../api/src/bench/README.md).',
    `${day}, ${cores} cores (${processor}), ${memoryGb} GB, Node ${node}, PostgreSQL ${postgresql}. Load average before it began: ${load.toFixed(1)}. ${figures.length - missed.length} of ${figures.length} targets met.`,
    markdownTable(
      ['what', 'baseline', 'ours', "baseline's", 'ratio', 'target', ''],
      figures.map((figure) => [...measuredCells(figure), spellTarget(figure), isMet(figure) ? 'met' : '**missed**']),
    ),
    ...(missed.length === 0
      ? []
      : ['## Missed, and what limits them', missed.map(({ what, limit }) => `- **${what}.** ${limit}`).join('\n')]),
    '## Runs',
    markdownTable(
      ['command', 'scale', 'time'],
      runs.map(({ command, scale, seconds }) => [`\`${command}\``, scale, `${Math.round(seconds)} s`]),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

function measuredCells(figure: Figure): string[] {
  const { what, ours, baseline } = figure
  const ratio = ratioOf(figure)
  return [
    what,
    baseline?.name ?? '',
    spellAmount(ours),
    baseline ? spellAmount(baseline) : '',
    ratio === undefined ? '' : spellRatio(ratio),
  ]
}

/** In the width of its widest cells, as the formatter of the repository has it. */
function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [titles, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = titles.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => row[column]?.padEnd(width)).join(' | ')} |`
  const [head = '', ...body] = cells.map(line)
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n')
}
