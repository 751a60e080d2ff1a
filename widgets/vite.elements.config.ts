import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const styles = join(import.meta.dirname, 'src/styles.css')

/** The elements for one script tag: everything that they need in them, what is opened later in files of its own. */
export default defineConfig({
  base: './',
  plugins: [react()],
  define: { 'process.env.NODE_ENV': '"production"' },
  resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
  build: {
    outDir: 'dist/elements',
    target: 'es2022',
    cssMinify: 'lightningcss',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    // A page loads both files; the stylesheet is for React hosts without a bundler.
    rolldownOptions: {
      input: { widgets: join(import.meta.dirname, 'src/elements/index.ts'), styles },
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'widgets/[name]-[hash].js',
        assetFileNames: 'widgets[extname]',
      },
    },
  },
})
