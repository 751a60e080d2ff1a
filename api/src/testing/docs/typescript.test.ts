import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { root } from '../root.ts'
import { type Block, blocksOf, documents } from './blocks.ts'

// Snippets are compiled as modules of the example host, which has both packages, React and their types.
const host = join(root, 'examples/admin-console')
const blocks = documents.flatMap((file) => blocksOf(file, ['ts', 'tsx']))

it('every TypeScript snippet in the documents compiles against the packages', { timeout: 120_000 }, () => {
  const files = new Map(blocks.map((block, index) => [join(host, `snippet-${index}.tsx`), block]))
  expect(diagnose(files)).toEqual([])
})

it('a wrong snippet would be noticed', { timeout: 120_000 }, () => {
  const code = "import { nothing } from '@nobishiro/sdk'"
  const wrong: Block = { file: 'a.md', line: 1, language: 'ts', code, given: '' }
  expect(diagnose(new Map([[join(host, 'snippet-wrong.tsx'), wrong]]))).not.toEqual([])
})

function diagnose(files: Map<string, Block>): string[] {
  const { config } = ts.readConfigFile(join(host, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, host)
  const loose = { ...options, noUnusedLocals: false, noUnusedParameters: false }
  const compiler = ts.createCompilerHost(loose)
  const text = (path: string) => {
    const block = files.get(path)
    return block ? `${block.code}\n${block.given}\nexport {}\n` : undefined
  }
  const { fileExists, readFile, getSourceFile } = compiler
  compiler.fileExists = (path) => files.has(path) || fileExists(path)
  compiler.readFile = (path) => text(path) ?? readFile(path)
  compiler.getSourceFile = (path, ...rest) => {
    const code = text(path)
    return code === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, code, rest[0], true)
  }
  const program = ts.createProgram({ rootNames: [...files.keys()], options: loose, host: compiler })
  return [...files].flatMap(([path, block]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(
        (problem) =>
          `${block.file}:${lineOf(problem, block)} ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`,
      ),
  )
}

function lineOf({ file, start }: ts.Diagnostic, block: Block): number {
  return block.line + 1 + (file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0)
}

it('the main document shows how to embed and how to query', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  expect(readme).toContain('NobishiroProvider')
  expect(blocks.some(({ file }) => file === 'README.md')).toBe(true)
})
